import { Alert } from '@mantine/core';
import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { listDatasets } from '#lib/datasets/datasets.ts';
import { listConnectors } from '#lib/sources/connectors.ts';
import { AddSourceWizard } from './_components/add-source-wizard.tsx';

export const metadata: Metadata = { title: 'Add source' };

export default async function AddSourcePage() {
  const session = await pageSession();
  if (session.role === 'viewer') {
    return (
      <>
        <PageHeader title="Add source" />
        <Alert>You may look at this workspace, not change it. Ask an editor to add the source.</Alert>
      </>
    );
  }
  const { items } = await listDatasets(session);
  const datasets = items.map(({ name, label, columns, key }) => ({ name, label, columns, key }));
  return (
    <>
      <PageHeader title="Add source" description="Bring rows in from a file, an address or an API." />
      <AddSourceWizard connectors={listConnectors()} datasets={datasets} />
    </>
  );
}
