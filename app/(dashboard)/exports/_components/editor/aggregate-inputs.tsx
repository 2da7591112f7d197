'use client';

import { Group, NativeSelect, NumberInput } from '@mantine/core';
import type { Column } from '#lib/core/columns.ts';
import type { Aggregate } from '#lib/exports/query/aggregate-schema.ts';
import { aggregateTakes } from '#lib/exports/query/aggregate-types.ts';
import { ColumnSelect } from './column-select.tsx';
import { functionWords } from './outputs.ts';
import { askable, type QueryProps } from './step-props.ts';

interface AggregateInputsProps extends Pick<QueryProps, 'groups' | 'errors'> {
  readonly aggregate: Aggregate;
  /** Of the aggregate, in the definition. */
  readonly path: string;
  onChange(aggregate: Aggregate): void;
}

const COUNT_ROWS = 'countRows';
const MEDIAN = 0.5;

/** What is computed, and of which column. */
export function AggregateInputs({ aggregate, groups, errors, path, onChange }: AggregateInputsProps) {
  const { function: name, field, percentile } = aggregate;
  const columns = askable(groups);
  const functions = Object.entries(functionWords).filter(([each]) =>
    columns.some((column) => takes(each as Aggregate['function'], column)),
  );
  const choose = (chosen: string) => onChange(withFunction(aggregate, chosen, columns));
  return (
    <Group gap="xs" align="flex-start">
      <NativeSelect
        aria-label="What is computed"
        data={[
          { value: COUNT_ROWS, label: 'Number of rows' },
          ...functions.map(([value, label]) => ({ value, label: `${label} of` })),
        ]}
        value={field === undefined ? COUNT_ROWS : name}
        error={errors[path] ?? errors[`${path}.function`]}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      />
      {name === 'percentile' && (
        <NumberInput
          aria-label="Which percentile"
          w={110}
          min={0}
          max={100}
          suffix=" %"
          value={Number(((percentile ?? MEDIAN) * 100).toPrecision(12))}
          error={errors[`${path}.percentile`]}
          onChange={(value) =>
            typeof value === 'number' && onChange({ ...aggregate, percentile: value / 100 })
          }
        />
      )}
      {field !== undefined && (
        <ColumnSelect
          label="Of which column"
          groups={groups}
          fits={(column) => takes(name, column)}
          field={field}
          error={errors[`${path}.field`]}
          onChange={(chosen) => onChange({ ...aggregate, field: chosen })}
        />
      )}
    </Group>
  );
}

function takes(name: Aggregate['function'], { type }: Column): boolean {
  return aggregateTakes[name].includes(type);
}

/** The same of another function; the column stays where that takes it, else it is the first that it takes. */
function withFunction(aggregate: Aggregate, chosen: string, columns: readonly Column[]): Aggregate {
  const { header } = aggregate;
  if (chosen === COUNT_ROWS) return { function: 'count', header };
  const name = chosen as Aggregate['function'];
  const fitting = columns.filter((column) => takes(name, column));
  const field = fitting.find((column) => column.name === aggregate.field) ?? fitting[0];
  return {
    function: name,
    field: field?.name,
    header,
    ...(name === 'percentile' && { percentile: aggregate.percentile ?? MEDIAN }),
  };
}
