'use client';

import { Select, Title } from '@mantine/core';
import { ColumnChoice, ColumnChoices } from '#app/_ui/column-choice.tsx';
import { examplesOf, type SampleRows } from '#app/(dashboard)/sources/_mapping/sample.ts';
import { typeLabels } from '#app/(dashboard)/sources/_mapping/type-labels.ts';
import { type ColumnType, columnTypes } from '#lib/core/columns.ts';
import { madeColumns, type NewColumn, type NewDataset } from './stream-draft.ts';

interface NewColumnsProps {
  readonly made: NewDataset;
  readonly rows: SampleRows;
  onChange(made: NewDataset): void;
}

const typeChoices = columnTypes.map((type) => ({ value: type, label: typeLabels[type] }));

/** The columns of a new dataset: each can be left out, renamed, or given another type. */
export function NewColumns({ made, rows, onChange }: NewColumnsProps) {
  const names = madeColumns(made);
  const change = (id: string, part: Partial<NewColumn>) =>
    onChange({
      ...made,
      columns: made.columns.map((column) => (column.id === id ? { ...column, ...part } : column)),
    });
  return (
    <section aria-labelledby="columns">
      <Title order={3} size="h5" id="columns" mb={4}>
        Columns
      </Title>
      <ColumnChoices>
        {made.columns.map((column) => (
          <ColumnRow
            key={column.id}
            column={column}
            name={names.get(column.id)?.name}
            examples={examplesOf(rows, column.id)}
            onChange={(part) => change(column.id, part)}
          />
        ))}
      </ColumnChoices>
    </section>
  );
}

interface ColumnRowProps {
  readonly column: NewColumn;
  /** What the API calls it. */
  readonly name: string | undefined;
  readonly examples: string;
  onChange(part: Partial<NewColumn>): void;
}

function ColumnRow({ column, name, examples, onChange }: ColumnRowProps) {
  const { id, label, type, included } = column;
  const about = [name !== undefined && name !== label && `${name}:`, examples].filter(Boolean).join(' ');
  return (
    <ColumnChoice
      labelled="Name"
      name={id}
      label={label}
      included={included}
      about={about}
      onChange={onChange}
    >
      <Select
        aria-label={`Type of ${id}`}
        data={typeChoices}
        value={type}
        onChange={(next) => next && onChange({ type: next as ColumnType })}
        allowDeselect={false}
        disabled={!included}
      />
    </ColumnChoice>
  );
}
