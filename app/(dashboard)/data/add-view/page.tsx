import type { Metadata } from 'next';
import { EmptyState } from '#app/_ui/empty-state.tsx';
import { LinkButton, TextLink } from '#app/_ui/link.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { databaseViews } from '#lib/datasets/database-views.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { AddViewForm } from './_components/add-view-form.tsx';
import { HinderedViews } from './_components/hindered-views.tsx';
import { HowToMakeOne } from './_components/how-to-make-one.tsx';

export const metadata: Metadata = { title: 'Add a view' };

export default async function AddViewPage() {
  const session = await pageSession();
  if (session.role === 'viewer') return <EditorsOnly />;
  const { items } = await databaseViews(session);
  const { items: datasets } = await listDatasets(session);
  const fitting = items.filter(({ problem }) => problem === null);
  return (
    <>
      <PageHeader
        title="Add a view"
        description={
          <>
            A view of your own database as a dataset: its rows are looked at and exported here, and stay where
            they are. <TextLink href="/data">All data</TextLink>
          </>
        }
      />
      {fitting.length === 0 ? (
        <HowToMakeOne />
      ) : (
        <AddViewForm views={fitting} taken={datasets.map(({ name }) => name)} />
      )}
      <HinderedViews views={items.filter(({ problem }) => problem !== null)} />
    </>
  );
}

function EditorsOnly() {
  return (
    <EmptyState title="For editors and owners" action={<LinkButton href="/data">Go to the data</LinkButton>}>
      As a viewer you can look at the rows of every dataset. Ask an owner of this workspace for the role of an
      editor to add views.
    </EmptyState>
  );
}
