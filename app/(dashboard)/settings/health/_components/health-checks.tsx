'use client';

import { Alert, Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useState, useTransition } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import type { Health } from '#lib/health.ts';
import { type Part, partWords } from './part-words.ts';

const verdicts = {
  ok: ['teal', 'Everything answers'],
  degraded: ['yellow', 'Everything works, some of it late'],
  down: ['red', 'Something that nothing works without is down'],
} as const;

const unreachable = {
  code: 'NETWORK_ERROR',
  message: 'The server itself did not answer. Check the connection, and whether the product is running.',
};

/** How each part is, and what to do about one that is down. */
export function HealthChecks({ initial }: { initial: Health }) {
  const [health, setHealth] = useState<Health | null>(initial);
  const [pending, startTransition] = useTransition();
  const check = () => startTransition(async () => setHealth(await fetchHealth()));
  return (
    <Stack>
      <Group justify="space-between" align="center">
        <div aria-live="polite" style={{ flex: '1 1 16rem' }}>
          {health ? <Verdict status={health.status} /> : <ProblemAlert error={unreachable} />}
        </div>
        <Button variant="default" loading={pending} onClick={check}>
          Check again
        </Button>
      </Group>
      {health && (
        <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
          {(Object.keys(partWords) as Part[]).map((part) => (
            <PartCard key={part} part={part} check={health.checks[part]} />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

function Verdict({ status }: Pick<Health, 'status'>) {
  const [color, words] = verdicts[status];
  return (
    <Alert color={color}>
      <Text fw={500}>{words}</Text>
    </Alert>
  );
}

function PartCard({ part, check: { ok, ms } }: { part: Part; check: Health['checks'][Part] }) {
  const { name, purpose, remedy } = partWords[part];
  return (
    <Paper component="li" withBorder p="md">
      <Group justify="space-between" gap="sm">
        <Text fw={500}>{name}</Text>
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {ms} ms
          </Text>
          <Badge color={ok ? 'teal.9' : 'red.9'} radius="sm">
            {ok ? 'Up' : 'Down'}
          </Badge>
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {purpose}
      </Text>
      {!ok && (
        <Text size="sm" mt="xs">
          {remedy}
        </Text>
      )}
    </Paper>
  );
}

/** Of the open route, which still answers where the database or the sign-in do not; null where nothing answers. */
async function fetchHealth(): Promise<Health | null> {
  try {
    const response = await fetch('/api/health', { cache: 'no-store' });
    return (await response.json()) as Health;
  } catch {
    return null;
  }
}
