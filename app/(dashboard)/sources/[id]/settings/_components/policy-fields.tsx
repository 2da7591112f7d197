'use client';

import { Fieldset, NativeSelect, Stack, Text } from '@mantine/core';
import type { Guarded } from './safeguard-draft.ts';

type Policy = Guarded['conflictPolicy'];

interface PolicyFieldsProps {
  readonly policy: Policy;
  readonly policies: Guarded['conflictPolicies'];
  /** Those that the source fills. */
  readonly datasets: readonly string[];
  onChange(policy: Policy, policies: Guarded['conflictPolicies']): void;
}

const choices: { value: Policy; label: string }[] = [
  { value: 'source_wins', label: 'The source is right' },
  { value: 'local_wins', label: 'The edit made here is right' },
  { value: 'newest_wins', label: 'The newer of both is right' },
  { value: 'ask', label: 'Ask: a person decides' },
];

/** Who is right where the source changes a field that a person has edited: for all, and for single datasets. */
export function PolicyFields({ policy, policies, datasets, onChange }: PolicyFieldsProps) {
  const choose = (dataset: string, chosen: string) => {
    const { [dataset]: _, ...others } = policies;
    onChange(policy, chosen === '' ? others : { ...others, [dataset]: chosen as Policy });
  };
  return (
    <Fieldset legend="When the source changes what was edited here">
      <Stack gap="sm">
        <Text size="sm" c="dimmed" maw={560}>
          It is decided field by field; edits of other fields stay. Where the source does not tell when a row
          changed, the row counts as changed when it was read.
        </Text>
        <NativeSelect
          label="For this source"
          data={choices}
          value={policy}
          onChange={(event) => onChange(event.currentTarget.value as Policy, policies)}
          maw={320}
        />
        {datasets.map((dataset) => (
          <NativeSelect
            key={dataset}
            label={`For the dataset ${dataset}`}
            data={[{ value: '', label: 'As for this source' }, ...choices]}
            value={policies[dataset] ?? ''}
            onChange={(event) => choose(dataset, event.currentTarget.value)}
            maw={320}
          />
        ))}
      </Stack>
    </Fieldset>
  );
}
