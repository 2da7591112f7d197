'use client';

import { Input } from '@mantine/core';
import type { Pivot } from '#lib/exports/query/schema.ts';
import { AggregateInputs } from './aggregate-inputs.tsx';
import { GroupKeyInputs, GroupKeys } from './group-keys.tsx';
import { regrouped } from './outputs.ts';
import type { QueryProps } from './step-props.ts';

/** A table of two directions: what its rows are, what its columns are, and what stands in its cells. */
export function PivotPart({ draft, change, groups, errors }: QueryProps) {
  const { pivot } = draft;
  if (!pivot) return null;
  const set = (changes: Partial<Pivot>) => change(regrouped(draft, { pivot: { ...pivot, ...changes } }));
  return (
    <>
      <Input.Wrapper label="Down the side" labelElement="div" error={errors['pivot.rows']}>
        <GroupKeys
          keys={pivot.rows}
          groups={groups}
          errors={errors}
          path="pivot.rows"
          onChange={(rows) => set({ rows: [...rows] })}
        />
      </Input.Wrapper>
      <Input.Wrapper
        label="Across the top"
        labelElement="div"
        description="Each value that the column has becomes a column of the file, 200 at most."
      >
        <GroupKeyInputs
          label="Across the top"
          groupKey={pivot.column}
          groups={groups}
          errors={errors}
          path="pivot.column"
          onChange={(column) => set({ column })}
        />
      </Input.Wrapper>
      <Input.Wrapper label="In the cells" labelElement="div">
        <AggregateInputs
          aggregate={pivot.value}
          groups={groups}
          errors={errors}
          path="pivot.value"
          onChange={(value) => set({ value })}
        />
      </Input.Wrapper>
    </>
  );
}
