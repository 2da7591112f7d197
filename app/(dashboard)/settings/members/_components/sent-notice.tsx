'use client';

import { Alert, Button, CopyButton, Group, Stack, Text, TextInput } from '@mantine/core';
import type { SentInvitation } from '#lib/workspaces/invitations.ts';

const looks = {
  sent: ['green', 'The invitation is on its way'],
  failed: ['yellow', 'The mail could not be sent'],
  none: ['blue', 'The invitation is made'],
} as const;

/** What became of an invitation's mail, and the link to pass on, which is seen this once. */
export function SentNotice({ sent: { email, link, mail } }: { sent: SentInvitation }) {
  const [color, title] = looks[mail];
  return (
    <Alert color={color} title={title}>
      <Stack gap="xs">
        <Text size="sm">{sentence(email, mail)}</Text>
        <Group gap="xs" align="flex-end">
          <TextInput label="Link" value={link} readOnly flex="1 1 200px" onFocus={selectAll} />
          <CopyButton value={link}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </Alert>
  );
}

function sentence(email: string, mail: SentInvitation['mail']): string {
  const pass = `Pass this link on to ${email} yourself`;
  switch (mail) {
    case 'sent':
      return `${email} has seven days to accept. Should the mail not arrive, pass this link on yourself.`;
    case 'failed':
      return `The mail server did not take the mail; the invitation stands. ${pass}, or send it again later.`;
    case 'none':
      return `No mail server is set up here. ${pass}: it works for seven days, for that address alone.`;
  }
}

function selectAll({ currentTarget }: { currentTarget: HTMLInputElement }) {
  currentTarget.select();
}
