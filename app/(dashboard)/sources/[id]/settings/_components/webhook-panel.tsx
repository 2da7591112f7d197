'use client';

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmButton } from '#app/_ui/confirm-button.tsx';
import { Copyable } from '#app/_ui/copyable.tsx';
import { Time } from '#app/_ui/format.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { endWebhook, renewWebhook } from '#app/(dashboard)/sources/actions.ts';
import type { WebhookView } from '#lib/sources/webhook.ts';

interface WebhookPanelProps {
  readonly sourceId: string;
  readonly webhook: WebhookView;
  readonly mayEdit: boolean;
}

/** The address at which a source says that it has changed: made, shown once, replaced and removed here. */
export function WebhookPanel({ sourceId, webhook, mayEdit }: WebhookPanelProps) {
  const renew = useAction(renewWebhook);
  const end = useAction(endWebhook);
  const [url, setUrl] = useState<string | null>(null);
  const make = async () => setUrl((await renew.run({ id: sourceId }))?.url ?? null);
  const remove = async () => {
    await end.run({ id: sourceId });
    setUrl(null);
  };
  return (
    <Stack gap="sm" maw={560}>
      <Text size="sm">
        Let the source send a POST to an address of its own whenever something has changed there: it is then
        synced at once, and not only every 5 minutes.
      </Text>
      {webhook.createdAt && (
        <Text size="sm" c="dimmed">
          The address was made <Time at={webhook.createdAt} />; last call:{' '}
          <Time at={webhook.calledAt} otherwise="none yet" />.
        </Text>
      )}
      {url && (
        <>
          <Alert title="Copy it now">
            This is the only time the address is shown. Who knows it can start syncs.
          </Alert>
          <Copyable label="The address" text={url} />
        </>
      )}
      <ProblemAlert error={renew.error ?? end.error} />
      {mayEdit && (
        <Group>
          {webhook.createdAt ? (
            <>
              <AnotherButton pending={renew.pending} onConfirm={make} />
              <RemoveButton pending={end.pending} onConfirm={remove} />
            </>
          ) : (
            <Button variant="default" onClick={make} loading={renew.pending}>
              Make an address
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}

interface AskingButtonProps {
  readonly pending: boolean;
  onConfirm(): Promise<void>;
}

function AnotherButton(asking: AskingButtonProps) {
  return (
    <ConfirmButton
      question="Make another address?"
      consequence="The present address ends at once: whatever calls it has to be given the new one."
      confirmLabel="Make another"
      {...asking}
    >
      Make another address
    </ConfirmButton>
  );
}

function RemoveButton(asking: AskingButtonProps) {
  return (
    <ConfirmButton
      question="Remove the address?"
      consequence="Calls of it are refused at once. The source is synced every 5 minutes then."
      confirmLabel="Remove"
      {...asking}
    >
      Remove the address
    </ConfirmButton>
  );
}
