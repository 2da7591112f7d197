'use client';

import { Alert, Button, Group, Stack } from '@mantine/core';
import { Copyable } from '#app/_ui/copyable.tsx';

/** A key right after it was made, to be copied now, and a first call that uses it. */
export function MadeKey({ value, onDone }: { value: string; onDone(): void }) {
  const call = `curl -H "Authorization: Bearer ${value}" ${location.origin}/api/datasets`;
  return (
    <Stack>
      <Alert title="Copy it now">
        This is the only time the key is shown. Keep it where you keep passwords.
      </Alert>
      <Copyable label="The key" text={value} />
      <Copyable label="A first call with it" text={call} />
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}
