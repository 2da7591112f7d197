import type { Metadata } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { readSource } from '#app/(dashboard)/sources/[id]/_components/read-source.ts';
import { listDeletions } from '#lib/sync/deletions/list.ts';
import { DeletionList } from './_components/deletion-list.tsx';

export const metadata: Metadata = { title: 'Deletes' };

const PAGE_ROWS = 20;

export default async function DeletionsPage({ params }: PageProps<'/sources/[id]/deletions'>) {
  const { id } = await params;
  const { session } = await readSource(id);
  const first = await listDeletions(session, { sourceId: id }, { limit: PAGE_ROWS });
  if (first.items.length === 0) {
    return (
      <EmptyState title="No deletes">
        Rows that the source no longer has are removed with the next full sync and listed here. Where they are
        suspiciously many, they wait here for a person, and so do rows of a dataset that the mapping fills no
        more.
      </EmptyState>
    );
  }
  return (
    <DeletionList
      sourceId={id}
      first={first}
      path={`/api/connectors/sources/${id}/deletions?limit=${PAGE_ROWS}`}
    />
  );
}
