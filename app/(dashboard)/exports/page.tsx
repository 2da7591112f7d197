import { Group } from '@mantine/core';
import type { Metadata, Route } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton } from '#app/_ui/link.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { exportsOverview } from '#lib/exports/overview.ts';
import { ExportTable } from './_components/runs/export-table.tsx';

export const metadata: Metadata = { title: 'Exports' };

const SHOWN = 50;
const MOST_SHOWN = 500;

export default async function ExportsPage({ searchParams }: PageProps<'/exports'>) {
  const session = await pageSession();
  const mayEdit = session.role !== 'viewer';
  const { show } = await searchParams;
  const limit = Math.min(Math.max(Number(show) || SHOWN, SHOWN), MOST_SHOWN);
  const [{ items, nextCursor }, datasets] = await Promise.all([
    exportsOverview(session, { limit }),
    listDatasets(session),
  ]);
  const newExport = (
    <>
      <LinkButton href="/exports/new">New export</LinkButton>
      <LinkButton variant="default" href="/exports/templates">
        Templates
      </LinkButton>
    </>
  );
  return (
    <>
      <PageHeader
        title="Exports"
        description="Files made from your data: defined once, run whenever you need them."
        actions={mayEdit && items.length > 0 && newExport}
      />
      {items.length === 0 ? (
        <EmptyState title="No exports yet" action={mayEdit && <Group>{newExport}</Group>}>
          {mayEdit
            ? 'An export picks rows and columns of your data and writes them into a file, as CSV or JSON. Make the first one in four short steps.'
            : 'Once an owner or editor of this workspace has made one, you find it here with its files.'}
        </EmptyState>
      ) : (
        <ExportTable exports={items} datasets={datasets.items} mayRun={mayEdit} />
      )}
      {nextCursor && limit < MOST_SHOWN && (
        <LinkButton mt="md" variant="default" href={`/exports?show=${limit + SHOWN}` as Route}>
          Load more
        </LinkButton>
      )}
    </>
  );
}
