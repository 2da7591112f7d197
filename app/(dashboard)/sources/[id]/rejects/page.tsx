import type { Metadata } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { readSource } from '#app/(dashboard)/sources/[id]/_components/read-source.ts';
import { RejectList } from '#app/(dashboard)/sources/[id]/_components/reject-list.tsx';
import { RunFilter } from '#app/(dashboard)/sources/[id]/_components/run-filter.tsx';
import { listRejects, listRuns } from '#lib/sources/runs.ts';

export const metadata: Metadata = { title: 'Rejected rows' };

const PAGE_ROWS = 50;
const LISTED_RUNS = 50;
const ALL_RUNS = 'all';

export default async function RejectsPage({ params, searchParams }: PageProps<'/sources/[id]/rejects'>) {
  const [{ id }, { run }] = await Promise.all([params, searchParams]);
  const { session } = await readSource(id);
  const { items: runs } = await listRuns(session, id, { limit: LISTED_RUNS });
  const chosen = typeof run === 'string' ? run : (runs[0]?.id ?? ALL_RUNS);
  const runId = runs.find((one) => one.id === chosen)?.id;
  const first = await listRejects(session, { sourceId: id, runId }, { limit: PAGE_ROWS });
  const filter = runId ? `&runId=${runId}` : '';
  const path = `/api/connectors/sources/${id}/rejects?limit=${PAGE_ROWS}${filter}`;
  return (
    <>
      {runs.length > 0 && (
        <RunFilter runs={runs.map((one) => ({ id: one.id, at: one.createdAt }))} chosen={runId ?? ALL_RUNS} />
      )}
      {first.items.length === 0 ? (
        <EmptyState title="No rejected rows">
          A row that does not fit its dataset is set aside here with the reason, and the others go on.
        </EmptyState>
      ) : (
        <RejectList key={path} sourceId={id} first={first} path={path} />
      )}
    </>
  );
}
