'use client';

import { Radio, RadioGroup, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import type { KnownDataset } from '#app/(dashboard)/sources/_mapping/further-draft.ts';
import { StreamTabs } from '#app/(dashboard)/sources/_mapping/stream-tabs.tsx';
import type { StreamPreview } from '#lib/sources/preview.ts';
import { NewDatasetForm } from './new-dataset-form.tsx';
import { datasetProblem, type SourceDraft } from './source-draft.ts';
import { Step } from './step.tsx';
import type { StreamDraft } from './stream-draft.ts';

interface DatasetStepProps {
  readonly draft: SourceDraft;
  readonly datasets: readonly KnownDataset[];
  onStream(name: string, to: (stream: StreamDraft) => StreamDraft): void;
  onBack(): void;
  onNext(): void;
}

/** Where the rows are kept. */
export function DatasetStep({ draft, datasets, onStream, onBack, onNext }: DatasetStepProps) {
  const [hasTried, setTried] = useState(false);
  const problem = datasetProblem(draft, datasets);
  const streams = draft.preview ?? [];
  return (
    <Step
      title="Where should the rows go?"
      description="A dataset is a table of its own that you can look at, filter and export. Several sources may fill one."
      problem={hasTried ? problem : undefined}
      onBack={onBack}
      onNext={() => (problem ? setTried(true) : onNext())}
    >
      <StreamTabs names={streams.map(({ name }) => name)}>
        {(name) => {
          const stream = draft.streams[name];
          const preview = streams.find((one) => one.name === name);
          if (!stream || !preview) return null;
          return (
            <StreamChoice
              stream={stream}
              preview={preview}
              datasets={datasets}
              mayBeLeft={streams.length > 1}
              onChange={(next) => onStream(name, () => next)}
            />
          );
        }}
      </StreamTabs>
    </Step>
  );
}

interface StreamChoiceProps {
  readonly stream: StreamDraft;
  readonly preview: StreamPreview;
  readonly datasets: readonly KnownDataset[];
  readonly mayBeLeft: boolean;
  onChange(stream: StreamDraft): void;
}

function StreamChoice({ stream, preview, datasets, mayBeLeft, onChange }: StreamChoiceProps) {
  return (
    <Stack>
      <RadioGroup
        label="Dataset"
        value={stream.choice}
        onChange={(choice) => onChange({ ...stream, choice: choice as StreamDraft['choice'] })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="new" label="A new dataset" description="Made of the columns of the source." />
          <Radio
            value="existing"
            label="A dataset that is there"
            description="You say which column goes where in the next step."
          />
          {mayBeLeft && (
            <Radio value="none" label="None" description="This part of the source is not read." />
          )}
        </Stack>
      </RadioGroup>
      {stream.choice === 'new' && (
        <NewDatasetForm
          made={stream.made}
          preview={preview}
          taken={datasets.map(({ name }) => name)}
          onChange={(made) => onChange({ ...stream, made })}
        />
      )}
      {stream.choice === 'existing' && (
        <Select
          label="Which one"
          data={datasets.map(({ name, label }) => ({ value: name, label }))}
          value={stream.existing}
          onChange={(existing) => onChange({ ...stream, existing })}
          placeholder="Choose a dataset"
          searchable
          allowDeselect={false}
          maw={420}
        />
      )}
    </Stack>
  );
}
