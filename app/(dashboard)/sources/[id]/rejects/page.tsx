import { Text } from '@mantine/core';
import type { Metadata } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { readSource } from '#app/(dashboard)/sources/[id]/_components/read-source.ts';
import { listRejects, listRuns, rejectStatus } from '#lib/sources/runs.ts';
import { RejectFilter } from './_components/reject-filter.tsx';
import { RejectList } from './_components/reject-list.tsx';
import { ReplayPanel } from './_components/replay-panel.tsx';

export const metadata: Metadata = { title: 'Rejected rows' };

const PAGE_ROWS = 50;
const LISTED_RUNS = 50;
const ALL = 'all';

export default async function RejectsPage({ params, searchParams }: PageProps<'/sources/[id]/rejects'>) {
  const [{ id }, asked] = await Promise.all([params, searchParams]);
  const { session, source, mayEdit } = await readSource(id);
  const { items: runs } = await listRuns(session, id, { limit: LISTED_RUNS });
  const runId = runs.find((one) => one.id === asked.run)?.id;
  const status = asked.status === ALL ? undefined : rejectStatus.catch('open').parse(asked.status);
  const first = await listRejects(session, { sourceId: id, runId, status }, { limit: PAGE_ROWS });
  const query = new URLSearchParams({
    limit: String(PAGE_ROWS),
    ...(runId && { runId }),
    ...(status && { status }),
  });
  const path = `/api/connectors/sources/${id}/rejects?${query}`;
  const syncs = runs
    .filter(({ dryRun, mode }) => !dryRun && mode !== 'replay')
    .map((one) => ({ id: one.id, at: one.createdAt }));
  return (
    <>
      <ReplayPanel session={session} source={source} mayEdit={mayEdit} />
      {runs.length > 0 && <RejectFilter runs={syncs} run={runId ?? ALL} status={status ?? ALL} />}
      {first.items.length === 0 ? (
        <EmptyState title={status === 'open' ? 'No open rejects' : 'No rejected rows'}>
          A row that does not fit its dataset is set aside here with the reason, and the others go on.
        </EmptyState>
      ) : (
        <>
          <Text size="sm" mb="md" maw={640}>
            {status === 'resolved'
              ? 'The row, or a later one with its key, was taken since.'
              : 'These rows did not fit. Correct them where they come from and sync again, or change the mapping.'}
          </Text>
          <RejectList key={path} first={first} path={path} />
        </>
      )}
    </>
  );
}
