import { Alert, Divider, Stack } from '@mantine/core';
import type { Metadata } from 'next';
import { readSource } from '#app/(dashboard)/sources/[id]/_components/read-source.ts';
import { listConnectors } from '#lib/sources/connectors.ts';
import { countRows } from '#lib/sources/row-counts.ts';
import { DeleteSourceButton } from './_components/delete-source-button.tsx';
import { SourceSettingsForm } from './_components/source-settings-form.tsx';

export const metadata: Metadata = { title: 'Settings of the source' };

export default async function SourceSettingsPage({ params }: PageProps<'/sources/[id]/settings'>) {
  const { id } = await params;
  const { session, source, mayEdit } = await readSource(id);
  const { displayName, syncFrequency, enabled, config, credentialsSet } = source;
  const connector = listConnectors().find((one) => one.id === source.sourceType);
  const rows = (await countRows(session, [source])).get(id) ?? 0;
  return (
    <Stack gap="lg">
      {!mayEdit && <Alert>You may look at these settings; an editor of the workspace may change them.</Alert>}
      {connector && (
        <SourceSettingsForm
          source={{ id, displayName, syncFrequency, enabled, config, credentialsSet }}
          connector={connector}
          mayEdit={mayEdit}
        />
      )}
      {mayEdit && (
        <>
          <Divider />
          <DeleteSourceButton id={id} name={displayName} rows={rows} />
        </>
      )}
    </Stack>
  );
}
