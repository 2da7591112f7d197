'use client';

import { Button, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { TextLink } from '#app/_ui/link.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { keepNext } from '#app/(auth)/_components/keep-next.ts';
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
        <Group justify="space-between">
          <Text size="sm">
            New here? <TextLink href={keepNext('/sign-up', next)}>Sign up</TextLink>
          </Text>
          <TextLink href="/password" size="sm">
            Forgot your password?
          </TextLink>
        </Group>
      </Stack>
    </form>
  );
}
