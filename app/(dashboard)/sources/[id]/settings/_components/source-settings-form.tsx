'use client';

import { Button, Fieldset, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { callApi } from '#app/_ui/call-api.ts';
import { FormProblem } from '#app/_ui/schema-form/form-problem.tsx';
import type { Problems } from '#app/_ui/schema-form/schema.ts';
import { useAction } from '#app/_ui/use-action.ts';
import {
  type AccessDraft,
  ConnectionFields,
  missingCredentials,
} from '#app/(dashboard)/sources/_connection/connection-fields.tsx';
import { changeSource } from '#app/(dashboard)/sources/actions.ts';
import type { CheckResult } from '#lib/sources/check.ts';
import type { ConnectorView } from '#lib/sources/connectors.ts';
import type { SourceView } from '#lib/sources/view.ts';
import { GeneralFields } from './general-fields.tsx';
import { accessPatch } from './source-patch.ts';

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
  const { displayName, syncFrequency, enabled, credentialsSet } = source;
  const [general, setGeneral] = useState({ displayName, syncFrequency, enabled });
  const [access, setAccess] = useState<AccessDraft>({
    config: source.config,
    credentials: credentialsSet ? undefined : null,
  });
  const [missing, setMissing] = useState<Problems>({});
  const { run, pending, error } = useAction(changeSource);
  const save = async () => {
    const found = missingCredentials(connector, access);
    setMissing(found);
    if (Object.keys(found).length > 0) return;
    const saved = await run({ id: source.id, patch: { ...general, ...accessPatch(source, access) } });
    if (!saved) return;
    if (access.credentials !== null) setAccess({ ...access, credentials: undefined });
    notifications.show({ message: 'The settings are saved.' });
  };
  const check = () =>
    callApi<CheckResult>(`/api/connectors/sources/${source.id}/check`, {
      body: { ...accessPatch(source, access), force: true },
    });
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
          <GeneralFields values={general} onChange={setGeneral} mayEdit={mayEdit} />
          <ConnectionFields
            {...{ connector, access, check }}
            stored={credentialsSet}
            problems={{ ...error?.fields, ...missing }}
            onChange={setAccess}
          />
          <FormProblem error={error} />
          {mayEdit && (
            <Group>
              <Button type="submit" loading={pending} disabled={general.displayName.trim() === ''}>
                Save
              </Button>
            </Group>
          )}
        </Stack>
      </Fieldset>
    </form>
  );
}
