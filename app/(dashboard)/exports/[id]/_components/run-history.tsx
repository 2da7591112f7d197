'use client';

import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Route } from 'next';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import { useOlder } from '#app/_ui/use-older.ts';
import type { ExportRun } from '#lib/exports/runs.ts';
import { RetryButton } from './retry-button.tsx';
import { RunFiles } from './run-files.tsx';
import { RunWarnings } from './run-warnings.tsx';

interface RunHistoryProps {
  readonly exportId: string;
  readonly first: { readonly items: readonly ExportRun[]; readonly nextCursor: string | null };
  readonly mayRun: boolean;
}

/** Every run, latest first: how it went, what to know of it, and the files that it made. */
export function RunHistory({ exportId, first, mayRun }: RunHistoryProps) {
  const path = `/api/exports/${exportId}/history?limit=20`;
  const { items, nextCursor, pending, error, load } = useOlder(path, first);
  return (
    <section aria-labelledby="history">
      <Title order={2} size="h4" mb="sm" id="history">
        History
      </Title>
      {items.length === 0 && <Text c="dimmed">Each run and its files will be listed here.</Text>}
      <Stack gap="sm">
        {items.map((run, place) => (
          <PastRun key={run.id} run={run} mayRetry={mayRun && place === 0 && run.status === 'failed'} />
        ))}
      </Stack>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load} />
    </section>
  );
}

function PastRun({ run, mayRetry }: { run: ExportRun; mayRetry: boolean }) {
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="sm">
            <StatusBadge status={run.status} />
            <Text size="sm">
              <Time at={run.completedAt ?? run.createdAt} />
            </Text>
          </Group>
          {mayRetry && <RetryButton runId={run.id} />}
        </Group>
        {run.retryAttempt > 0 && (
          <Text size="sm" c="dimmed">
            Attempt {run.retryAttempt + 1}
            {run.retryOf !== null && (
              <>
                , after <TextLink href={`/jobs/${run.retryOf}` as Route}>attempt {run.retryAttempt}</TextLink>
              </>
            )}
          </Text>
        )}
        {run.error && run.status !== 'cancelled' && (
          <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
            {run.error.message}
          </Text>
        )}
        {run.artifacts.length > 0 && <RunFiles files={run.artifacts} />}
        {run.status === 'completed' && run.artifacts.length === 0 && (
          <Text size="sm" c="dimmed">
            Its files are no longer kept.
          </Text>
        )}
        <RunWarnings warnings={run.warnings} />
      </Stack>
    </Paper>
  );
}
