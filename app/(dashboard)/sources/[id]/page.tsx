import type { Metadata } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { listRuns } from '#lib/sources/runs.ts';
import { QuotaPanel } from './_components/quota-panel.tsx';
import { readSource } from './_components/read-source.ts';
import { RunList } from './_components/run-list.tsx';

export const metadata: Metadata = { title: 'Source' };

const PAGE_ROWS = 20;

export default async function SourceRunsPage({ params }: PageProps<'/sources/[id]'>) {
  const { id } = await params;
  const { session } = await readSource(id);
  const first = await listRuns(session, id, { limit: PAGE_ROWS });
  return (
    <>
      <QuotaPanel session={session} sourceId={id} />
      {first.items.length === 0 ? (
        <EmptyState title="Not synced yet">
          Start with Sync now: each sync is listed here, with what it read and what it changed.
        </EmptyState>
      ) : (
        <RunList sourceId={id} first={first} path={`/api/connectors/sources/${id}/runs?limit=${PAGE_ROWS}`} />
      )}
    </>
  );
}
