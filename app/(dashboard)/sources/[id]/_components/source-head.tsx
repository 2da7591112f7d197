import { Alert, Group, Text } from '@mantine/core';
import type { Route } from 'next';
import { Suspense } from 'react';
import { Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import { adviceOn } from '#app/(dashboard)/sources/_components/advice.ts';
import { Fact, Facts } from '#app/(dashboard)/sources/_components/facts.tsx';
import { healthOf } from '#app/(dashboard)/sources/_components/health.ts';
import { hindranceOf } from '#app/(dashboard)/sources/_components/hindrance.ts';
import { RowCount } from '#app/(dashboard)/sources/_components/row-count.tsx';
import { SyncPanel } from '#app/(dashboard)/sources/_components/sync-panel.tsx';
import type { Session } from '#lib/auth/session.ts';
import { countRows } from '#lib/sources/row-counts.ts';
import type { SourceView } from '#lib/sources/view.ts';

interface SourceHeadProps {
  readonly session: Session;
  readonly source: SourceView;
  readonly mayEdit: boolean;
}

/** How a source is doing, what went wrong and what to do about it, and the button that syncs it. */
export function SourceHead({ session, source, mayEdit }: SourceHeadProps) {
  const { id, displayName, syncError, streams, syncJobId } = source;
  const hindrance = hindranceOf(source);
  const datasets = [...new Set(Object.values(streams).map(({ dataset }) => dataset))];
  return (
    <>
      <PageHeader title={displayName} actions={<StatusBadge status={healthOf(source)} />} />
      <Facts>
        <Fact label="Rows">
          <Suspense fallback="…">
            <RowCount counts={countRows(session, [source])} id={id} />
          </Suspense>
        </Fact>
        <Fact label="Last sync">
          <Time at={source.lastSyncAt} otherwise="never" />
        </Fact>
        <Fact label="Next sync">
          <Time at={source.enabled ? source.nextSyncAt : null} otherwise="when you start it" />
        </Fact>
        <Fact label={datasets.length > 1 ? 'Datasets' : 'Dataset'}>
          <Group gap="xs">
            {datasets.map((dataset) => (
              <TextLink key={dataset} href={`/data/${dataset}` as Route} size="sm">
                {dataset}
              </TextLink>
            ))}
            {datasets.length === 0 && 'none yet'}
          </Group>
        </Fact>
      </Facts>
      {syncError && <LastError id={id} error={syncError} />}
      {hindrance && (
        <Text size="sm" c="dimmed">
          {hindrance}
        </Text>
      )}
      <SyncPanel sourceId={id} name={displayName} jobId={syncJobId} mayEdit={mayEdit} hindrance={hindrance} />
    </>
  );
}

function LastError({ id, error }: { id: string; error: NonNullable<SourceView['syncError']> }) {
  if (error.code === 'cancelled') return null;
  const { text, href } = adviceOn(error.code, id);
  return (
    <Alert color="red" title="The last sync failed">
      <Text size="sm">{error.message}</Text>
      <Text size="sm" mt={4}>
        {href ? (
          <TextLink href={href} size="sm">
            {text}
          </TextLink>
        ) : (
          text
        )}
      </Text>
    </Alert>
  );
}
