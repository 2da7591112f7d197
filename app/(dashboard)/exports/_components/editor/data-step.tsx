'use client';

import { Fieldset, NumberInput, Radio, RadioGroup, Select, Stack } from '@mantine/core';
import { ColumnsPart } from './columns-part.tsx';
import { withDataset } from './draft.ts';
import { FormatNote } from './format-note.tsx';
import { RowsPart } from './rows-part.tsx';
import { SortKeys } from './sort-keys.tsx';
import type { StepProps } from './step-props.ts';

/** The second step: which rows and columns, in which order. */
export function DataStep(props: StepProps) {
  const { draft, change, datasets, errors } = props;
  const choose = (name: string | null) => {
    const dataset = datasets.find((each) => each.name === name);
    if (dataset && name !== draft.dataset) change(withDataset(draft, dataset));
  };
  return (
    <Stack gap="lg">
      <Select
        label="Data to export"
        placeholder="Choose one"
        required
        searchable
        data={datasets.map(({ name, label }) => ({ value: name, label }))}
        value={draft.dataset || null}
        error={errors.dataset}
        allowDeselect={false}
        nothingFoundMessage="No data has that name"
        onChange={choose}
      />
      <FormatNote {...props} />
      {draft.dataset && <ChosenData {...props} />}
    </Stack>
  );
}

function ChosenData(props: StepProps) {
  const { draft, change, errors } = props;
  return (
    <>
      <ColumnsPart {...props} />
      <RowsPart {...props} />
      <Fieldset legend="Order">
        <SortKeys {...props} />
      </Fieldset>
      <RadioGroup
        label="What each run gives"
        value={draft.mode}
        onChange={(mode) => change({ mode: mode === 'incremental' ? 'incremental' : 'full' })}
      >
        <Stack gap="xs" mt={4}>
          <Radio value="full" label="Everything" description="All rows that fit, every time." />
          <Radio
            value="incremental"
            label="Only what is new or changed"
            description="The first run gives all rows; each later one gives those that were added or changed since the run before. Rows that were deleted meanwhile are not in it."
          />
        </Stack>
      </RadioGroup>
      <NumberInput
        label="At most so many rows"
        description={
          draft.mode === 'incremental'
            ? 'Not together with “Only what is new or changed”: rows past the limit would never be exported.'
            : 'Leave empty for all of them.'
        }
        placeholder="All rows"
        maw={320}
        min={1}
        allowDecimal={false}
        allowNegative={false}
        thousandSeparator=" "
        disabled={draft.mode === 'incremental'}
        value={draft.limit ?? ''}
        error={errors.limit}
        onChange={(value) => change({ limit: value === '' ? undefined : Number(value) })}
      />
    </>
  );
}
