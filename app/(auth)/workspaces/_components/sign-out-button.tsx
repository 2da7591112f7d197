'use client';

import { Button, Group, Text } from '@mantine/core';
import { useTransition } from 'react';
import { signOut } from '#app/(auth)/sign-in/actions.ts';

/** Says as whom one is here, and lets one out. */
export function SignOutButton({ email }: { email: string }) {
  const [pending, startTransition] = useTransition();
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        Signed in as {email}
      </Text>
      <Button variant="subtle" size="compact-sm" loading={pending} onClick={() => startTransition(signOut)}>
        Sign out
      </Button>
    </Group>
  );
}
