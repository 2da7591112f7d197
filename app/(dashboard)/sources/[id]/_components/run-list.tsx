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
import { countsInWords, countsOf, parentOf, streamsInOrder } from './run-counts.ts';
import { callsInWords, kindOf, rejectsOf, tookMs, triggerOf, warningsInWords } from './run-words.ts';

interface RunListProps {
  readonly sourceId: string;
  readonly first: { readonly items: readonly RunView[]; readonly nextCursor: string | null };
  readonly path: string;
}

/** A source's syncs, latest first: what each read, what it changed and what it cost. */
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

function RunItem({ run, sourceId }: { run: RunView; sourceId: string }) {
  const { locale, number } = useFormat();
  const { error } = run;
  const took = tookMs(run);
  const facts = [
    `${kindOf(run)}, ${triggerOf(run)}`,
    took !== null && `took ${durationInWords(took, locale)}`,
    callsInWords(run, number),
    warningsInWords(run),
  ];
  const rejected = countsOf(run).rejected > 0;
  return (
    <Paper withBorder p="md" component="li">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <TextLink fw={600} href={`/sources/${sourceId}/runs/${run.id}` as Route}>
          <Time at={run.createdAt} />
        </TextLink>
        <StatusBadge status={run.status} />
      </Group>
      <Text size="sm" c="dimmed" suppressHydrationWarning>
        {facts.filter(Boolean).join(' · ')}
      </Text>
      {run.cachedAt && (
        <Text size="sm" c="dimmed">
          Read from the cache, as the source answered on <Time at={run.cachedAt} />: nothing was deleted.
        </Text>
      )}
      <RunCounts run={run} />
      {error && error.code !== 'cancelled' && (
        <Text size="sm" mt="xs" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {error.message}
        </Text>
      )}
      {rejected && !run.dryRun && (
        <TextLink size="sm" href={rejectsOf(run) as Route}>
          Look at the rejected rows
        </TextLink>
      )}
    </Paper>
  );
}

/** All streams in a line, and each list of items in one of its own. */
function RunCounts({ run }: { run: RunView }) {
  const { number } = useFormat();
  const lists = streamsInOrder(run).filter(([name]) => parentOf(name, run.streams) !== undefined);
  return (
    <>
      <Text size="sm" mt="xs" suppressHydrationWarning>
        {countsInWords(countsOf(run), run.dryRun, number)}
      </Text>
      {lists.map(([name, counts]) => (
        <Text key={name} size="sm" suppressHydrationWarning>
          {name}: {countsInWords(counts, run.dryRun, number)}
        </Text>
      ))}
    </>
  );
}
