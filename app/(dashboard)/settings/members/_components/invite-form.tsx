'use client';

import { Button, Group, NativeSelect, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { inviteByMail } from '#app/(dashboard)/settings/members/actions.ts';
import type { Role } from '#lib/auth/session.ts';
import type { Invitation, SentInvitation } from '#lib/workspaces/invitations.ts';
import { roleChoices, roleMeanings } from './roles.ts';
import { SentNotice } from './sent-notice.tsx';

interface InviteFormProps {
  /** The invitations whose links still work. */
  readonly open: readonly Pick<Invitation, 'id' | 'expiresAt'>[];
}

export function InviteForm({ open }: InviteFormProps) {
  const { run, pending, error } = useAction(inviteByMail);
  const [sent, setSent] = useState<SentInvitation>();
  const works = open.some(({ id, expiresAt }) => id === sent?.id && expiresAt === sent.expiresAt);
  const form = useForm({ initialValues: { email: '', role: 'viewer' as Role } });
  const submit = form.onSubmit(async (values) => {
    const made = await run(values);
    setSent(made);
    if (made) form.reset();
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <Title order={2} size="h4">
          Invite somebody
        </Title>
        <ProblemAlert error={error?.fields ? null : error} />
        <Group align="flex-start">
          <TextInput
            label="E-mail"
            type="email"
            required
            flex="1 1 240px"
            {...form.getInputProps('email')}
            error={error?.fields?.email}
          />
          <NativeSelect
            label="Role"
            data={roleChoices}
            flex="1 1 240px"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            description={`A${form.values.role === 'viewer' ? '' : 'n'} ${form.values.role} ${roleMeanings[form.values.role]}.`}
            {...form.getInputProps('role')}
          />
        </Group>
        <Group>
          <Button type="submit" loading={pending}>
            Invite
          </Button>
        </Group>
        <div aria-live="polite">{sent && works && <SentNotice sent={sent} />}</div>
      </Stack>
    </form>
  );
}
