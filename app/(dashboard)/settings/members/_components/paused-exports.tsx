'use client';

import { Alert, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { handOver } from '#app/(dashboard)/settings/members/actions.ts';
import type { Heir } from './leaving.tsx';

/** Says that exports pause because their owner may no longer run them, and hands them over. */
export function PausedExports({ count, heirs }: { count: number; heirs: readonly Heir[] }) {
  const { run, pending, error } = useAction(handOver);
  const [heir, setHeir] = useState(heirs[0]?.value ?? '');
  return (
    <Alert color="yellow" title={count === 1 ? 'An export pauses' : `${count} exports pause`}>
      <Stack>
        <Text size="sm">
          The owner has left or is a viewer now, and an export runs with its owner’s rights. Say who goes on.
        </Text>
        <ProblemAlert error={error} />
        <Group align="flex-end">
          <NativeSelect
            label="New owner"
            data={heirs}
            value={heir}
            onChange={({ currentTarget }) => setHeir(currentTarget.value)}
          />
          <Button loading={pending} onClick={() => run({ heir })}>
            Hand over
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
