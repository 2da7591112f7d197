'use client';

import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { TextLink } from '#app/_ui/link.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { signIn } from './actions.ts';

export function SignInForm({ next }: { next: string | undefined }) {
  const { run, pending, error } = useAction(signIn);
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } });
  return (
    <form onSubmit={form.onSubmit((values) => run({ ...values, next }))}>
      <Stack>
        <Title order={1} size="h3">
          Sign in
        </Title>
        <ProblemAlert error={error} />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          {...form.getInputProps('email')}
          key={form.key('email')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          {...form.getInputProps('password')}
          key={form.key('password')}
        />
        <Button type="submit" loading={pending}>
          Sign in
        </Button>
        <Text size="sm">
          New here? <TextLink href="/sign-up">Sign up</TextLink>
        </Text>
      </Stack>
    </form>
  );
}
