'use client';

import { Group, Paper, Stack, Text } from '@mantine/core';
import type { Route } from 'next';
import { durationInWords } from '#app/_ui/duration.ts';
import { Time, useFormat } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import { useOlder } from '#app/_ui/use-older.ts';
import type { RunView } from '#lib/sources/runs.ts';
import { countsOf, shownCounts } from './run-counts.ts';

interface RunListProps {
  readonly sourceId: string;
  readonly first: { readonly items: readonly RunView[]; readonly nextCursor: string | null };
  readonly path: string;
}

/** A source's syncs, latest first: what each read, and what it changed. */
export function RunList({ sourceId, first, path }: RunListProps) {
  const { items, nextCursor, pending, error, load } = useOlder(path, first);
  return (
    <>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {items.map((run) => (
          <RunItem key={run.id} run={run} sourceId={sourceId} />
        ))}
      </Stack>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load} />
    </>
  );
}

const triggers: Readonly<Record<RunView['trigger'], string>> = {
  manual: 'started by hand',
  schedule: 'on schedule',
  webhook: 'asked for by the source',
  api: 'started through the API',
};

function RunItem({ run, sourceId }: { run: RunView; sourceId: string }) {
  const format = useFormat();
  const counts = countsOf(run);
  const { startedAt, completedAt, error } = run;
  const took =
    startedAt &&
    completedAt &&
    durationInWords(Date.parse(completedAt) - Date.parse(startedAt), format.locale);
  return (
    <Paper withBorder p="md" component="li">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text fw={600}>
          <Time at={run.createdAt} />
        </Text>
        <StatusBadge status={run.status} />
      </Group>
      <Text size="sm" c="dimmed">
        {run.mode === 'full' ? 'Full sync' : 'Incremental sync'}, {triggers[run.trigger]}
        {took && `, took ${took}`}
      </Text>
      <Text size="sm" mt="xs" suppressHydrationWarning>
        {shownCounts(counts)
          .map(([name, count]) => `${format.number(count)} ${name}`)
          .join(' · ')}
      </Text>
      {error && error.code !== 'cancelled' && (
        <Text size="sm" mt="xs" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {error.message}
        </Text>
      )}
      {counts.rejected > 0 && (
        <TextLink size="sm" href={`/sources/${sourceId}/rejects?run=${run.id}` as Route}>
          Look at the rejected rows
        </TextLink>
      )}
    </Paper>
  );
}
