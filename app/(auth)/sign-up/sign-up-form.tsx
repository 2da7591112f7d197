'use client';

import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useState } from 'react';
import { TextLink } from '#app/_ui/link.tsx';
import { NewPasswordInput } from '#app/_ui/new-password-input.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { ConfirmNotice } from '#app/(auth)/_components/confirm-notice.tsx';
import { keepNext } from '#app/(auth)/_components/keep-next.ts';
import { signUp } from './actions.ts';

export function SignUpForm({ next, hint }: { next: string | undefined; hint: ReactNode }) {
  const { run, pending, error } = useAction(signUp);
  const [mailedTo, setMailedTo] = useState<string>();
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } });
  const submit = form.onSubmit(async (values) => setMailedTo((await run({ ...values, next }))?.confirm));
  if (mailedTo) return <ConfirmNotice email={mailedTo} hint={hint} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Title order={1} size="h3">
          Sign up
        </Title>
        <Text size="sm" c="dimmed">
          You get a workspace of your own. You can invite others to it later.
        </Text>
        <ProblemAlert error={error?.fields ? null : error} />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          {...form.getInputProps('email')}
          error={error?.fields?.email}
          key={form.key('email')}
        />
        <NewPasswordInput
          {...form.getInputProps('password')}
          error={error?.fields?.password}
          key={form.key('password')}
        />
        <Button type="submit" loading={pending}>
          Sign up
        </Button>
        <Text size="sm">
          You have an account? <TextLink href={keepNext('/sign-in', next)}>Sign in</TextLink>
        </Text>
      </Stack>
    </form>
  );
}
