'use client';

import { Paper } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { KnownDataset } from '#app/(dashboard)/sources/_mapping/further-draft.ts';
import type { ConnectorView } from '#lib/sources/connectors.ts';
import { ConnectorStep } from './connector-step.tsx';
import { emptyDraft, type SourceDraft, withPreview } from './source-draft.ts';
import { StepList } from './step-list.tsx';
import type { StreamDraft } from './stream-draft.ts';

const ConnectionStep = dynamic(() => import('./connection-step.tsx').then((file) => file.ConnectionStep));
const PreviewStep = dynamic(() => import('./preview-step.tsx').then((file) => file.PreviewStep));
const DatasetStep = dynamic(() => import('./dataset-step.tsx').then((file) => file.DatasetStep));
const MappingStep = dynamic(() => import('./mapping-step.tsx').then((file) => file.MappingStep));
const FinishStep = dynamic(() => import('./finish-step.tsx').then((file) => file.FinishStep));

interface AddSourceWizardProps {
  readonly connectors: readonly ConnectorView[];
  readonly datasets: readonly KnownDataset[];
}

const steps = ['Connector', 'Connection', 'Preview', 'Dataset', 'Mapping', 'Save'];

/** Leads from nothing to a source that syncs. Going back keeps everything that was entered. */
export function AddSourceWizard({ connectors, datasets }: AddSourceWizardProps) {
  const [active, setActive] = useState(0);
  const [draft, setDraft] = useState<SourceDraft>(emptyDraft);
  const change = (part: Partial<SourceDraft>) => setDraft((before) => ({ ...before, ...part }));
  const onStream = (name: string, to: (stream: StreamDraft) => StreamDraft) =>
    setDraft((before) => {
      const stream = before.streams[name];
      return stream ? { ...before, streams: { ...before.streams, [name]: to(stream) } } : before;
    });
  const onBack = () => setActive(active - 1);
  const onNext = () => setActive(active + 1);
  const choose = (connector: ConnectorView) => {
    setDraft((before) => (before.connector?.id === connector.id ? before : { ...emptyDraft, connector }));
    onNext();
  };
  const { connector, preview } = draft;
  return (
    <>
      <StepList steps={steps} active={active} onStep={setActive} />
      <Paper withBorder p={{ base: 'md', sm: 'lg' }} mih={360}>
        {active === 0 && (
          <ConnectorStep connectors={connectors} chosen={connector?.id ?? null} onChoose={choose} />
        )}
        {active === 1 && connector && (
          <ConnectionStep
            {...{ connector, onBack }}
            access={{ config: draft.config, credentials: draft.credentials }}
            onChange={change}
            onPreview={(streams) => {
              setDraft((before) => withPreview(before, streams));
              onNext();
            }}
          />
        )}
        {active === 2 && preview && <PreviewStep streams={preview} {...{ onBack, onNext }} />}
        {active === 3 && <DatasetStep {...{ draft, datasets, onStream, onBack, onNext }} />}
        {active === 4 && <MappingStep {...{ draft, datasets, onStream, onBack, onNext }} />}
        {active === 5 && <FinishStep {...{ draft, datasets, onBack }} onChange={change} />}
      </Paper>
    </>
  );
}
