'use client';

import { Alert, Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { callApi } from '#app/_ui/call-api.ts';
import { CredentialsField } from '#app/_ui/schema-form/credentials-field.tsx';
import { FormProblem } from '#app/_ui/schema-form/form-problem.tsx';
import type { Problems, Schema, Values } from '#app/_ui/schema-form/schema.ts';
import { SchemaForm } from '#app/_ui/schema-form/schema-form.tsx';
import { useCall } from '#app/_ui/use-call.ts';
import type { CheckResult } from '#lib/sources/check.ts';
import type { ConnectorView } from '#lib/sources/connectors.ts';

interface ConnectionFieldsProps {
  readonly sourceId: string;
  readonly connector: ConnectorView;
  readonly config: Values;
  readonly credentials: unknown;
  /** Whether there are credentials already. */
  readonly stored: boolean;
  readonly problems: Problems;
  /** What is changed and not saved yet. */
  readonly patch: Readonly<Record<string, unknown>>;
  isComplete(): boolean;
  onConfig(config: Values): void;
  onCredentials(credentials: unknown): void;
}

/** Where a source is and how to get in, tried before it is saved. */
export function ConnectionFields(props: ConnectionFieldsProps) {
  const { sourceId, connector, config, credentials, stored, patch } = props;
  const [result, setResult] = useState<CheckResult | null>(null);
  const { run, pending, error } = useCall();
  const problems = { ...error?.fields, ...props.problems };
  const test = async () => {
    if (!props.isComplete()) return;
    setResult(null);
    const path = `/api/connectors/sources/${sourceId}/check`;
    setResult((await run(() => callApi<CheckResult>(path, { body: patch }))) ?? null);
  };
  return (
    <Stack>
      <SchemaForm
        schema={connector.config as Schema}
        values={config}
        onChange={props.onConfig}
        problems={problems}
        path="config"
      />
      {config.upload === undefined && (
        <CredentialsField
          schema={connector.credentials as Schema}
          value={credentials}
          onChange={props.onCredentials}
          problems={problems}
          stored={stored}
        />
      )}
      <div>
        <Button variant="default" onClick={test} loading={pending}>
          Test connection
        </Button>
      </div>
      <div aria-live="polite">
        {result && (
          <Alert color={result.ok ? 'green' : 'red'} title={result.ok ? 'It works' : 'It does not work yet'}>
            {result.message}
          </Alert>
        )}
      </div>
      <FormProblem error={error} />
    </Stack>
  );
}
