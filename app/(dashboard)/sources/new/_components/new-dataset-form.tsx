'use client';

import { Stack, TextInput } from '@mantine/core';
import type { StreamPreview } from '#lib/sources/preview.ts';
import { KeyChoice } from './key-choice.tsx';
import { NewColumns } from './new-columns.tsx';
import { datasetName, type NewDataset } from './stream-draft.ts';

interface NewDatasetFormProps {
  readonly made: NewDataset;
  readonly preview: StreamPreview;
  /** The names of the datasets that there are. */
  readonly taken: readonly string[];
  onChange(made: NewDataset): void;
}

/** A dataset that is made of a source's columns. */
export function NewDatasetForm({ made, preview, taken, onChange }: NewDatasetFormProps) {
  return (
    <Stack gap="lg">
      <TextInput
        label="Name of the dataset"
        description={`In addresses and in the API it is called ${datasetName(made, taken)}.`}
        value={made.label}
        onChange={(event) => onChange({ ...made, label: event.currentTarget.value })}
        maxLength={200}
        withAsterisk
        maw={420}
      />
      <KeyChoice made={made} preview={preview} onChange={(key) => onChange({ ...made, key })} />
      <NewColumns made={made} rows={preview.rows} onChange={onChange} />
    </Stack>
  );
}
