import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Route } from 'next';
import { Suspense } from 'react';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import type { SourceView } from '#lib/sources/view.ts';
import { Fact, Facts } from './facts.tsx';
import { healthOf, problemOf } from './health.ts';
import { hindranceOf } from './hindrance.ts';
import { RowCount } from './row-count.tsx';
import { SyncPanel } from './sync-panel.tsx';

interface SourceCardProps {
  readonly source: SourceView;
  readonly connector: string;
  readonly counts: Promise<ReadonlyMap<string, number>>;
  readonly mayEdit: boolean;
}

/** A source in the list: how it is doing, and what can be done at once. */
export function SourceCard({ source, connector, counts, mayEdit }: SourceCardProps) {
  const { id, displayName, syncJobId, lastSyncAt, nextSyncAt } = source;
  const problem = problemOf(source);
  return (
    <Paper withBorder p="md" component="li">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <Title order={2} size="h5" style={{ overflowWrap: 'anywhere' }}>
              <TextLink href={`/sources/${id}` as Route}>{displayName}</TextLink>
            </Title>
            <Text size="sm" c="dimmed">
              {connector}
            </Text>
          </div>
          <StatusBadge status={healthOf(source)} />
        </Group>
        <Facts>
          <Fact label="Rows">
            <Suspense fallback="…">
              <RowCount counts={counts} id={id} />
            </Suspense>
          </Fact>
          <Fact label="Last sync">
            <Time at={lastSyncAt} otherwise="never" />
          </Fact>
          <Fact label="Next sync">
            <Time at={source.enabled ? nextSyncAt : null} otherwise="when you start it" />
          </Fact>
        </Facts>
        {problem && (
          <Text size="sm" c="var(--mantine-color-error)">
            {problem}
          </Text>
        )}
        <SyncPanel
          sourceId={id}
          name={displayName}
          jobId={syncJobId}
          mayEdit={mayEdit}
          hindrance={hindranceOf(source)}
          isSmall
        />
      </Stack>
    </Paper>
  );
}
