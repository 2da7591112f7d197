import { Text } from '@mantine/core';
import { Suspense } from 'react';
import { Age } from '#app/_ui/age.tsx';
import { Time } from '#app/_ui/format.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import { Fact, Facts } from '#app/(dashboard)/sources/_components/facts.tsx';
import { healthOf } from '#app/(dashboard)/sources/_components/health.ts';
import { hindranceOf } from '#app/(dashboard)/sources/_components/hindrance.ts';
import { RowCount } from '#app/(dashboard)/sources/_components/row-count.tsx';
import { SyncPanel } from '#app/(dashboard)/sources/_components/sync-panel.tsx';
import type { Session } from '#lib/auth/session.ts';
import { datasetsOf } from '#lib/datasets/stream-mapping.ts';
import { countRows } from '#lib/sources/row-counts.ts';
import type { SourceView } from '#lib/sources/view.ts';
import { DatasetLinks } from './dataset-links.tsx';
import { FailureAlert } from './failure-alert.tsx';
import { HealthAlert } from './health-alert.tsx';
import { HeldDeletes } from './held-deletes.tsx';
import { NewColumns } from './new-columns.tsx';
import { OpenConflicts } from './open-conflicts.tsx';

interface SourceHeadProps {
  readonly session: Session;
  readonly source: SourceView;
  readonly mayEdit: boolean;
}

/** How a source is doing, what went wrong and what to do about it, and the button that syncs it. */
export function SourceHead({ session, source, mayEdit }: SourceHeadProps) {
  const { id, displayName, syncError, streams, syncJobId } = source;
  const hindrance = hindranceOf(source);
  const nextSyncAt = source.enabled ? source.nextSyncAt : null;
  const datasets = [...new Set(Object.values(streams).flatMap(datasetsOf))];
  return (
    <>
      <PageHeader title={displayName} actions={<StatusBadge status={healthOf(source)} />} />
      <Facts>
        <Fact label="Rows">
          <Suspense fallback="…">
            <RowCount counts={countRows(session, [source])} id={id} />
          </Suspense>
        </Fact>
        <Fact label="Last successful sync">
          <Time at={source.lastSyncAt} otherwise="never" /> <Age at={source.lastSyncAt} />
        </Fact>
        <Fact label="Next sync">
          <Time at={nextSyncAt} otherwise="when you start it" /> <Age at={nextSyncAt} />
        </Fact>
        <Fact label={datasets.length > 1 ? 'Datasets' : 'Dataset'}>
          {datasets.length === 0 && 'none yet'}
          <Suspense fallback="…">
            <DatasetLinks session={session} names={datasets} />
          </Suspense>
        </Fact>
      </Facts>
      {syncError && <FailureAlert sourceId={id} error={syncError} title="The last sync failed" />}
      <HealthAlert source={source} />
      <HeldDeletes session={session} sourceId={id} />
      <OpenConflicts session={session} sourceId={id} />
      <NewColumns session={session} source={source} mayEdit={mayEdit} />
      {hindrance && (
        <Text size="sm" c="dimmed">
          {hindrance}
        </Text>
      )}
      <SyncPanel sourceId={id} name={displayName} jobId={syncJobId} mayEdit={mayEdit} hindrance={hindrance} />
    </>
  );
}
