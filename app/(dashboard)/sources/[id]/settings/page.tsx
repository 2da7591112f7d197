import { Alert, Divider, Stack, Title } from '@mantine/core';
import type { Metadata } from 'next';
import { readSource } from '#app/(dashboard)/sources/[id]/_components/read-source.ts';
import { datasetsOf } from '#lib/datasets/stream-mapping.ts';
import { listConnectors } from '#lib/sources/connectors.ts';
import { countRows } from '#lib/sources/row-counts.ts';
import { getWebhook } from '#lib/sources/webhook.ts';
import { AlertMailsSwitch } from './_components/alert-mails-switch.tsx';
import { DeleteSourceButton } from './_components/delete-source-button.tsx';
import { SafeguardsForm } from './_components/safeguards-form.tsx';
import { SourceSettingsForm } from './_components/source-settings-form.tsx';
import { WebhookPanel } from './_components/webhook-panel.tsx';

export const metadata: Metadata = { title: 'Settings of the source' };

export default async function SourceSettingsPage({ params }: PageProps<'/sources/[id]/settings'>) {
  const { id } = await params;
  const { session, source, mayEdit } = await readSource(id);
  const { displayName, syncFrequency, enabled, config, credentialsSet } = source;
  const connector = listConnectors().find((one) => one.id === source.sourceType);
  const { rateLimits, cacheTtlSeconds, deleteGuard, rejectLimit, conflictPolicy, conflictPolicies } = source;
  const limits = { rateLimits, cacheTtlSeconds, deleteGuard, rejectLimit };
  const guarded = { ...limits, conflictPolicy, conflictPolicies };
  const datasets = [...new Set(Object.values(source.streams).flatMap(datasetsOf))];
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
      {syncFrequency === 'realtime' && (
        <section aria-labelledby="webhook">
          <Title order={2} size="h4" mb="md" id="webhook">
            Webhook
          </Title>
          <WebhookPanel sourceId={id} webhook={await getWebhook(session, id)} mayEdit={mayEdit} />
        </section>
      )}
      <Divider />
      <section aria-labelledby="mails">
        <Title order={2} size="h4" mb="md" id="mails">
          Mails
        </Title>
        <AlertMailsSwitch id={id} alertMails={source.alertMails} isOwner={session.role === 'owner'} />
      </section>
      <Divider />
      <section aria-labelledby="safeguards">
        <Title order={2} size="h4" mb="md" id="safeguards">
          Limits and safety
        </Title>
        <SafeguardsForm id={id} guarded={guarded} datasets={datasets} mayEdit={mayEdit} />
      </section>
      {mayEdit && (
        <>
          <Divider />
          <DeleteSourceButton id={id} name={displayName} rows={rows} />
        </>
      )}
    </Stack>
  );
}
