'use client';

import { useState } from 'react';
import { callApi } from '#app/_ui/call-api.ts';
import { FormProblem } from '#app/_ui/schema-form/form-problem.tsx';
import type { Problems } from '#app/_ui/schema-form/schema.ts';
import { useCall } from '#app/_ui/use-call.ts';
import {
  type AccessDraft,
  ConnectionFields,
  missingCredentials,
} from '#app/(dashboard)/sources/_connection/connection-fields.tsx';
import type { CheckResult } from '#lib/sources/check.ts';
import type { ConnectorView } from '#lib/sources/connectors.ts';
import type { StreamPreview } from '#lib/sources/preview.ts';
import { Step } from './step.tsx';

interface ConnectionStepProps {
  readonly connector: ConnectorView;
  readonly access: AccessDraft;
  onChange(access: AccessDraft): void;
  onBack(): void;
  onPreview(streams: readonly StreamPreview[]): void;
}

/** Where the source is and how to get in; going on reads its first rows. */
export function ConnectionStep({ connector, access, onChange, onBack, onPreview }: ConnectionStepProps) {
  const [missing, setMissing] = useState<Problems>({});
  const { run, pending, error, setError } = useCall();
  const { config, credentials } = access;
  const ask = <Answer,>(what: 'check' | 'preview') =>
    callApi<Answer>(`/api/connectors/${connector.id}/${what}`, {
      body: { config, credentials, force: true },
      exact: true,
    });
  const goOn = async () => {
    const found = missingCredentials(connector, access);
    setMissing(found);
    if (Object.keys(found).length > 0) return;
    const answer = await run(() => ask<{ streams: StreamPreview[] }>('preview'));
    if (answer) onPreview(answer.streams);
  };
  return (
    <Step
      title={`Connect ${connector.name}`}
      description={connector.description}
      onBack={onBack}
      onNext={goOn}
      pending={pending}
    >
      <ConnectionFields
        connector={connector}
        access={access}
        problems={{ ...error?.fields, ...missing }}
        check={() => ask<CheckResult>('check')}
        onChange={(next) => {
          setMissing({});
          setError(null);
          onChange(next);
        }}
      />
      <FormProblem error={error} />
    </Step>
  );
}
