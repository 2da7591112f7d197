import type { Metadata } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton, TextLink } from '#app/_ui/link.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { NoteLook } from '#app/(dashboard)/data/_components/note-look.tsx';
import { orNotFound } from '#lib/api/page.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { getDataset } from '#lib/datasets/datasets.ts';
import { filterQuery } from '#lib/datasets/filter.ts';
import { DatasetView } from './_components/dataset-view.tsx';
import type { View } from './_components/view.ts';

type Props = PageProps<'/data/[dataset]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { dataset } = await params;
  return { title: (await orNotFound(getDataset(await pageSession(), dataset))).label };
}

export default async function DatasetPage({ params, searchParams }: Props) {
  const session = await pageSession();
  const { dataset: name } = await params;
  const { label, kind, columns, key } = await orNotFound(getDataset(session, name));
  const view = viewOf(await searchParams);
  return (
    <>
      <NoteLook workspaceId={session.workspaceId} />
      <PageHeader title={label} description={<TextLink href="/data">All data</TextLink>} />
      {kind === 'view' ? (
        <EmptyState
          title="A view of your database"
          action={<LinkButton href={`/exports/new?dataset=${name}`}>Export its rows</LinkButton>}
        >
          Its rows are read where you keep them. An export shows the first of them before it runs.
        </EmptyState>
      ) : (
        <DatasetView
          key={name}
          dataset={{ name, columns, key }}
          initial={view}
          mayEdit={session.role !== 'viewer'}
        />
      )}
    </>
  );
}

/** What the address says about the rows; what cannot be understood is as if it were not there. */
function viewOf({ search, filter, sort }: Awaited<Props['searchParams']>): View {
  return {
    search: typeof search === 'string' ? search : '',
    filter: filterQuery.safeParse(filter).data,
    sort: typeof sort === 'string' ? sort : undefined,
  };
}
