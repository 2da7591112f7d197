'use client';

import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useState } from 'react';
import { TextLink } from '#app/_ui/link.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { Notice } from '#app/(auth)/_components/notice.tsx';
import { askForReset } from './actions.ts';

export function AskForm({ hint }: { hint: ReactNode }) {
  const { run, pending, error } = useAction(askForReset);
  const [asked, setAsked] = useState<string>();
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '' } });
  const submit = form.onSubmit(async (values) => setAsked((await run(values))?.email));
  if (asked) return <Asked email={asked} hint={hint} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Title order={1} size="h3">
          Forgot your password?
        </Title>
        <Text size="sm">
          Say which address you sign in with. You get a mail with a link to set a new one.
        </Text>
        <ProblemAlert error={error} />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          {...form.getInputProps('email')}
          key={form.key('email')}
        />
        <Button type="submit" loading={pending}>
          Send me the link
        </Button>
        <TextLink href="/sign-in" size="sm">
          Back to the sign-in
        </TextLink>
      </Stack>
    </form>
  );
}

/** Says the same whether there is such an account or not. */
function Asked({ email, hint }: { email: string; hint: ReactNode }) {
  return (
    <Notice title="Look into your mailbox">
      <Stack>
        <Text>
          If {email} has an account here, a mail is on its way to it. The link in it works once. If nothing
          comes in a few minutes, look among the junk.
        </Text>
        {hint}
        <TextLink href="/sign-in" size="sm">
          Back to the sign-in
        </TextLink>
      </Stack>
    </Notice>
  );
}
