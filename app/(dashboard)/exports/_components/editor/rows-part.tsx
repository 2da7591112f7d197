'use client';

import { Fieldset, Stack } from '@mantine/core';
import { FilterBuilder } from '#app/_ui/filter-builder/filter-builder.tsx';
import type { Filter } from '#lib/datasets/filter.ts';
import { ExpressionField } from './expression-field.tsx';
import { ProblemsOf } from './problems-of.tsx';
import { askable, type QueryProps } from './step-props.ts';
import { TimeRangePicker } from './time-range-picker.tsx';

/** Which rows: a filter, and a shortcut to the time range in it. */
export function RowsPart(props: QueryProps) {
  const { draft, change, columns, groups, errors } = props;
  const set = (filter: Filter | undefined) => change({ filter });
  return (
    <Fieldset legend="Rows">
      <Stack>
        <TimeRangePicker columns={columns} filter={draft.filter} onChange={set} />
        <FilterBuilder columns={askable(groups)} value={draft.filter} onChange={set} />
        <ProblemsOf path="filter" errors={errors} />
        <ExpressionField {...props} />
      </Stack>
    </Fieldset>
  );
}
