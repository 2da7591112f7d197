import type { Metadata } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { NoteLook } from '#app/(dashboard)/data/_components/note-look.tsx';
import { orNotFound } from '#lib/api/page.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { getDataset } from '#lib/datasets/datasets.ts';
import { filterQuery } from '#lib/datasets/filter.ts';
import { DatasetView } from './_components/dataset-view.tsx';
import { RemoveViewButton } from './_components/remove-view-button.tsx';
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
      <PageHeader
        title={label}
        description={<TextLink href="/data">All data</TextLink>}
        actions={
          kind === 'view' && session.role !== 'viewer' && <RemoveViewButton name={name} label={label} />
        }
      />
      <DatasetView
        key={name}
        dataset={{ name, kind, columns, key }}
        initial={view}
        mayEdit={session.role !== 'viewer'}
      />
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
