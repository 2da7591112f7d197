'use client';

import { Alert, Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { CredentialsField } from '#app/_ui/schema-form/credentials-field.tsx';
import { FormProblem } from '#app/_ui/schema-form/form-problem.tsx';
import { missingIn, type Problems, type Schema, type Values } from '#app/_ui/schema-form/schema.ts';
import { SchemaForm } from '#app/_ui/schema-form/schema-form.tsx';
import { useCall } from '#app/_ui/use-call.ts';
import type { CheckResult } from '#lib/sources/check.ts';
import type { ConnectorView } from '#lib/sources/connectors.ts';

/** What it takes to reach a source, while it is being entered. */
export interface AccessDraft {
  readonly config: Values;
  /** Null: none. Undefined: those that are stored are kept. */
  readonly credentials: unknown;
}

interface ConnectionFieldsProps {
  readonly connector: ConnectorView;
  readonly access: AccessDraft;
  /** Whether there are credentials already. */
  readonly stored?: boolean;
  readonly problems: Problems;
  onChange(access: AccessDraft): void;
  /** Tries whether the source can be reached so. */
  check(): Promise<CheckResult>;
}

/** The credentials that were begun and not filled in. */
export function missingCredentials({ credentials: schema }: ConnectorView, { credentials }: AccessDraft) {
  return missingIn(schema as Schema, credentials, 'credentials');
}

/** Where a source is and how to get in, to be tried before it is saved. */
export function ConnectionFields(props: ConnectionFieldsProps) {
  const { connector, access, stored = false, onChange, check } = props;
  const [result, setResult] = useState<CheckResult | null>(null);
  const [missing, setMissing] = useState<Problems>({});
  const { run, pending, error, setError } = useCall();
  const problems = { ...error?.fields, ...props.problems, ...missing };
  const change = (part: Partial<AccessDraft>) => {
    setResult(null);
    setMissing({});
    setError(null);
    onChange({ ...access, ...part });
  };
  const test = async () => {
    const found = missingCredentials(connector, access);
    setMissing(found);
    setResult(null);
    if (Object.keys(found).length === 0) setResult((await run(check)) ?? null);
  };
  return (
    <Stack>
      <SchemaForm
        schema={connector.config as Schema}
        values={access.config}
        onChange={(config) => change({ config })}
        problems={problems}
        path="config"
      />
      {access.config.upload === undefined && (
        <CredentialsField
          schema={connector.credentials as Schema}
          value={access.credentials}
          onChange={(credentials) => change({ credentials })}
          problems={problems}
          stored={stored}
        />
      )}
      <div>
        <Button variant="default" onClick={test} loading={pending}>
          Test connection
        </Button>
      </div>
      <div aria-live="polite">{result && <Answer result={result} />}</div>
      <FormProblem error={error} />
    </Stack>
  );
}

function Answer({ result: { ok, message } }: { result: CheckResult }) {
  return (
    <Alert color={ok ? 'green' : 'red'} title={ok ? 'It works' : 'It does not work yet'}>
      {message}
    </Alert>
  );
}
