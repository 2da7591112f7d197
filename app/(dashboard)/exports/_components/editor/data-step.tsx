'use client';

import { Fieldset, Select, Stack } from '@mantine/core';
import { aboutRows } from './column-groups.ts';
import { ColumnsPart } from './columns-part.tsx';
import { FormatNote } from './format-note.tsx';
import { ModePart } from './mode-part.tsx';
import { PersonalPart } from './personal-part.tsx';
import { withDataset } from './query-draft.ts';
import { RowsPart } from './rows-part.tsx';
import { ShapePart } from './shape-part.tsx';
import { SortKeys } from './sort-keys.tsx';
import type { StepProps } from './step-props.ts';
import { TablesPart } from './tables-part.tsx';

/** The second step: which rows and columns, in which order. */
export function DataStep(props: StepProps) {
  const { draft, change, datasets, errors } = props;
  const choose = (name: string | null) => {
    const dataset = datasets.find((each) => each.name === name);
    if (dataset && name !== draft.dataset) change(withDataset(draft, dataset.name));
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
  const { draft, datasets } = props;
  const dataset = datasets.find(({ name }) => name === draft.dataset);
  return (
    <>
      <RowsPart {...props} />
      <ShapePart {...props} />
      <ColumnsPart {...props} about={aboutRows(dataset, draft.mode)} />
      <Fieldset legend="Order">
        <SortKeys {...props} />
      </Fieldset>
      <ModePart {...props} />
      <TablesPart {...props} />
      <PersonalPart {...props} />
    </>
  );
}
