'use client';

import { Button, Fieldset, Group, Select, Stack, Switch, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { missingIn, type Problems, type Schema, type Values } from '#app/_ui/schema-form/schema.ts';
import { useAction } from '#app/_ui/use-action.ts';
import { frequencies } from '#app/(dashboard)/sources/_components/frequencies.ts';
import { changeSource } from '#app/(dashboard)/sources/actions.ts';
import type { ConnectorView } from '#lib/sources/connectors.ts';
import type { SourceView } from '#lib/sources/view.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { configPatch } from './source-patch.ts';

interface SourceSettingsFormProps {
  readonly source: Pick<
    SourceView,
    'id' | 'displayName' | 'syncFrequency' | 'enabled' | 'config' | 'credentialsSet'
  >;
  readonly connector: ConnectorView;
  readonly mayEdit: boolean;
}

/** Everything about a source that can be changed, its mapping apart. */
export function SourceSettingsForm({ source, connector, mayEdit }: SourceSettingsFormProps) {
  const [name, setName] = useState(source.displayName);
  const [frequency, setFrequency] = useState(source.syncFrequency);
  const [enabled, setEnabled] = useState(source.enabled);
  const [config, setConfig] = useState<Values>(source.config);
  const [credentials, setCredentials] = useState<unknown>(source.credentialsSet ? undefined : null);
  const [missing, setMissing] = useState<Problems>({});
  const { run, pending, error } = useAction(changeSource);
  const patch = {
    config: configPatch(source.config, config),
    ...((credentials !== null || source.credentialsSet) && { credentials }),
  };
  const isComplete = () => {
    const found = missingIn(connector.credentials as Schema, credentials, 'credentials');
    setMissing(found);
    return Object.keys(found).length === 0;
  };
  const save = async () => {
    if (!isComplete()) return;
    const changed = { ...patch, displayName: name, syncFrequency: frequency, enabled };
    const saved = await run({ id: source.id, patch: changed });
    if (!saved) return;
    if (credentials !== null) setCredentials(undefined);
    notifications.show({ message: 'The settings are saved.' });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Fieldset variant="unstyled" disabled={!mayEdit}>
        <Stack>
          <TextInput
            label="Name of the source"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={name.trim() === '' && 'Give it a name.'}
            maxLength={200}
            withAsterisk
            maw={420}
          />
          <Select
            label="How often to sync"
            data={frequencies}
            value={frequency}
            onChange={(next) => next && setFrequency(next as SourceView['syncFrequency'])}
            allowDeselect={false}
            disabled={!mayEdit}
            maw={420}
          />
          <Switch
            label="On"
            description="While it is off, it is not synced at all."
            checked={enabled}
            onChange={(event) => setEnabled(event.currentTarget.checked)}
          />
          <ConnectionFields
            {...{ connector, config, credentials, patch, isComplete }}
            sourceId={source.id}
            stored={source.credentialsSet}
            problems={{ ...error?.fields, ...missing }}
            onConfig={setConfig}
            onCredentials={setCredentials}
          />
          <ProblemAlert error={error} title="Nothing was saved" />
          {mayEdit && (
            <Group>
              <Button type="submit" loading={pending} disabled={name.trim() === ''}>
                Save
              </Button>
            </Group>
          )}
        </Stack>
      </Fieldset>
    </form>
  );
}
