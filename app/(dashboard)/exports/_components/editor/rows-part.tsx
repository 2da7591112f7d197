'use client';

import { Fieldset, Stack, Text } from '@mantine/core';
import { FilterBuilder } from '#app/_ui/filter-builder/filter-builder.tsx';
import type { Filter } from '#lib/datasets/filter.ts';
import type { StepProps } from './step-props.ts';
import { TimeRangePicker } from './time-range-picker.tsx';

/** Which rows: a filter, and a shortcut to the time range in it. */
export function RowsPart({ draft, change, columns, errors }: StepProps) {
  const set = (filter: Filter | undefined) => change({ filter });
  const problems = Object.entries(errors).filter(([path]) => path === 'filter' || path.startsWith('filter.'));
  return (
    <Fieldset legend="Rows">
      <Stack>
        <TimeRangePicker columns={columns} filter={draft.filter} onChange={set} />
        <FilterBuilder columns={columns} value={draft.filter} onChange={set} />
        {problems.map(([path, problem]) => (
          <Text key={path} size="sm" c="var(--mantine-color-error)" role="alert">
            The filter is not right: {problem}.
          </Text>
        ))}
      </Stack>
    </Fieldset>
  );
}
