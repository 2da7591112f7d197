import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Notice } from './notice.tsx';

/** What there is to do after a sign-up whose address is yet to be confirmed. */
export function ConfirmNotice({ email, hint }: { email: string; hint: ReactNode }) {
  return (
    <Notice title="Look into your mailbox">
      <Stack>
        <Text>
          A mail is on its way to {email}. Open the link in it, and you are in. If nothing comes in a few
          minutes, look among the junk, or sign in if you have an account already.
        </Text>
        {hint}
      </Stack>
    </Notice>
  );
}
