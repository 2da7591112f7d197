import { Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton } from '#app/_ui/link.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { type DatasetSummary, datasetsOverview } from '#lib/datasets/overview.ts';
import { DatasetTable } from './_components/dataset-table.tsx';

export const metadata: Metadata = { title: 'Data' };

export default async function DataPage() {
  const session = await pageSession();
  const datasets = await datasetsOverview(session);
  const used = datasets.filter((dataset) => !isUnused(dataset));
  const unused = datasets.filter(isUnused);
  return (
    <>
      <PageHeader
        title="Data"
        description="Everything that your sources have brought in, one table for each kind of thing."
        actions={
          session.role !== 'viewer' && (
            <LinkButton variant="default" href="/data/add-view">
              Add a view
            </LinkButton>
          )
        }
      />
      <Stack gap="xl">
        {used.length === 0 ? (
          <NothingYet isViewer={session.role === 'viewer'} />
        ) : (
          <DatasetTable datasets={used} />
        )}
        {unused.length > 0 && (
          <details>
            <summary>Ready-made tables that are still empty ({unused.length})</summary>
            <DatasetTable datasets={unused} />
          </details>
        )}
      </Stack>
    </>
  );
}

function isUnused({ kind, rows, sources }: DatasetSummary): boolean {
  return kind === 'builtin' && rows.total === 0 && sources.length === 0;
}

function NothingYet({ isViewer }: { isViewer: boolean }) {
  if (isViewer)
    return <EmptyState title="No data yet">Once an editor has added a source, its rows are here.</EmptyState>;
  return (
    <EmptyState title="No data yet" action={<LinkButton href="/sources/new">Add a source</LinkButton>}>
      Add a source, such as a CSV file or the address of one: its rows are then here to look at and to export.
    </EmptyState>
  );
}
