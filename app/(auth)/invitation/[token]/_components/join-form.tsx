'use client';

import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type ReactNode, useState } from 'react';
import { TextLink } from '#app/_ui/link.tsx';
import { NewPasswordInput } from '#app/_ui/new-password-input.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { ConfirmNotice } from '#app/(auth)/_components/confirm-notice.tsx';
import { keepNext } from '#app/(auth)/_components/keep-next.ts';
import { signUpAndJoin } from '#app/(auth)/invitation/[token]/actions.ts';

interface JoinFormProps {
  readonly token: string;
  readonly email: string;
  readonly hint: ReactNode;
}

/** Makes the account that is invited; whoever has one signs in and comes back. */
export function JoinForm({ token, email, hint }: JoinFormProps) {
  const { run, pending, error } = useAction(signUpAndJoin);
  const [mailedTo, setMailedTo] = useState<string>();
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '' } });
  const submit = form.onSubmit(async ({ password }) =>
    setMailedTo((await run({ token, password }))?.confirm),
  );
  if (mailedTo) return <ConfirmNotice email={mailedTo} hint={hint} />;
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>
          You have an account?{' '}
          <TextLink href={keepNext('/sign-in', `/invitation/${token}`)}>Sign in</TextLink> and join. Else
          choose a password:
        </Text>
        <ProblemAlert error={error?.fields?.password ? null : error && { ...error, fields: {} }} />
        <TextInput label="E-mail" type="email" autoComplete="username" value={email} readOnly />
        <NewPasswordInput
          {...form.getInputProps('password')}
          error={error?.fields?.password}
          key={form.key('password')}
        />
        <Button type="submit" loading={pending}>
          Sign up and join
        </Button>
      </Stack>
    </form>
  );
}
