'use client';

import { Button, Stack, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { TextLink } from '#app/_ui/link.tsx';
import { NewPasswordInput } from '#app/_ui/new-password-input.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import type { Proof } from '#lib/auth/proof.ts';
import { setNewPassword } from './actions.ts';

export function NewPasswordForm({ proof }: { proof: Proof }) {
  const { run, pending, error } = useAction(setNewPassword);
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '' } });
  return (
    <form onSubmit={form.onSubmit(({ password }) => run({ proof, password }))}>
      <Stack>
        <Title order={1} size="h3">
          Set a new password
        </Title>
        <ProblemAlert error={error?.fields ? null : error} />
        <NewPasswordInput
          label="New password"
          {...form.getInputProps('password')}
          error={error?.fields?.password}
          key={form.key('password')}
        />
        <Button type="submit" loading={pending}>
          Set the password and sign in
        </Button>
        {error && (
          <TextLink href="/password" size="sm">
            Ask for a new link
          </TextLink>
        )}
      </Stack>
    </form>
  );
}
