'use client';

import { Alert, Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { callApi } from '#app/_ui/call-api.ts';
import { CredentialsField } from '#app/_ui/schema-form/credentials-field.tsx';
import { FormProblem } from '#app/_ui/schema-form/form-problem.tsx';
import { missingIn, type Problems, type Schema } from '#app/_ui/schema-form/schema.ts';
import { SchemaForm } from '#app/_ui/schema-form/schema-form.tsx';
import { useCall } from '#app/_ui/use-call.ts';
import type { CheckResult } from '#lib/sources/check.ts';
import type { ConnectorView } from '#lib/sources/connectors.ts';
import type { StreamPreview } from '#lib/sources/preview.ts';
import type { SourceDraft } from './source-draft.ts';
import { Step } from './step.tsx';

interface ConnectionStepProps {
  readonly connector: ConnectorView;
  readonly draft: SourceDraft;
  onChange(change: Pick<SourceDraft, 'config' | 'credentials'>): void;
  onBack(): void;
  onPreview(streams: readonly StreamPreview[]): void;
}

/** Where the source is and how to get in; going on reads its first rows. */
export function ConnectionStep({ connector, draft, onChange, onBack, onPreview }: ConnectionStepProps) {
  const { config, credentials } = draft;
  const [result, setResult] = useState<CheckResult | null>(null);
  const [missing, setMissing] = useState<Problems>({});
  const check = useCall();
  const preview = useCall();
  const error = preview.error ?? check.error;
  const change = (part: Partial<Pick<SourceDraft, 'config' | 'credentials'>>) => {
    setResult(null);
    setMissing({});
    check.setError(null);
    preview.setError(null);
    onChange({ config, credentials, ...part });
  };
  const isComplete = () => {
    const found = missingIn(connector.credentials as Schema, credentials, 'credentials');
    setMissing(found);
    return Object.keys(found).length === 0;
  };
  const ask = <Answer,>(what: string, exact = false) =>
    callApi<Answer>(`/api/connectors/${connector.id}/${what}`, { body: { config, credentials }, exact });
  const test = async () => {
    if (!isComplete()) return;
    setResult(null);
    setResult((await check.run(() => ask<CheckResult>('check'))) ?? null);
  };
  const goOn = async () => {
    if (!isComplete()) return;
    const answer = await preview.run(() => ask<{ streams: StreamPreview[] }>('preview', true));
    if (answer) onPreview(answer.streams);
  };
  const problems = { ...error?.fields, ...missing };
  return (
    <Step
      title={`Connect ${connector.name}`}
      description={connector.description}
      onBack={onBack}
      onNext={goOn}
      pending={preview.pending}
    >
      <Stack>
        <SchemaForm
          schema={connector.config as Schema}
          values={config}
          onChange={(next) => change({ config: next })}
          problems={problems}
          path="config"
        />
        {config.upload === undefined && (
          <CredentialsField
            schema={connector.credentials as Schema}
            value={credentials}
            onChange={(next) => change({ credentials: next })}
            problems={problems}
          />
        )}
        <div>
          <Button variant="default" onClick={test} loading={check.pending}>
            Test connection
          </Button>
        </div>
        <div aria-live="polite">
          {result && (
            <Alert
              color={result.ok ? 'green' : 'red'}
              title={result.ok ? 'It works' : 'It does not work yet'}
            >
              {result.message}
            </Alert>
          )}
        </div>
        <FormProblem error={error} />
      </Stack>
    </Step>
  );
}
