'use client';

import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { NewPasswordInput } from '#app/_ui/new-password-input.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { updatePassword } from '#app/(dashboard)/settings/profile/actions.ts';

export function PasswordForm({ email }: { email: string }) {
  const { run, pending, error } = useAction(updatePassword);
  const form = useForm({ mode: 'uncontrolled', initialValues: { old: '', password: '' } });
  const submit = form.onSubmit(async (values) => {
    if (!(await run(values))) return;
    form.reset();
    notifications.show({ message: 'Your password is changed. Other devices are signed out.' });
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <ProblemAlert error={error?.fields ? null : error} />
        {/* Tells a password manager whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label="Present password"
          autoComplete="current-password"
          required
          {...form.getInputProps('old')}
          error={error?.fields?.old}
          key={form.key('old')}
        />
        <NewPasswordInput
          label="New password"
          {...form.getInputProps('password')}
          error={error?.fields?.password}
          key={form.key('password')}
        />
        <Group justify="flex-end">
          <Button type="submit" variant="default" loading={pending}>
            Change the password
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
