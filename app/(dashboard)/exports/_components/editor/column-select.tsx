'use client';

import { Select } from '@mantine/core';
import type { Column } from '#lib/core/columns.ts';
import { type ColumnGroup, groupedChoices } from './column-groups.ts';

interface ColumnSelectProps {
  readonly label: string;
  readonly groups: readonly ColumnGroup[];
  /** Which columns can be chosen. */
  fits(column: Column): boolean;
  readonly field: string;
  readonly error: string | undefined;
  onChange(field: string): void;
}

/** Chooses a column, those of related data under the name of the relation; one that is gone is still shown. */
export function ColumnSelect({ label, groups, fits, field, error, onChange }: ColumnSelectProps) {
  const known = groups.some(({ columns }) => columns.some((column) => column.name === field && fits(column)));
  const choices = groupedChoices(groups, fits);
  const itself = { value: field, label: field };
  const isGrouped = choices.some((choice) => 'group' in choice);
  const gone = known ? [] : isGrouped ? [{ group: 'As it is', items: [itself] }] : [itself];
  return (
    <Select
      aria-label={label}
      flex="1 1 14rem"
      searchable
      allowDeselect={false}
      data={[...gone, ...choices]}
      value={field}
      error={error}
      nothingFoundMessage="No such column"
      onChange={(chosen) => chosen && onChange(chosen)}
    />
  );
}

/** What a person calls a column. */
export function labelOf(field: string, groups: readonly ColumnGroup[]): string {
  const column = groups.flatMap(({ columns }) => columns).find(({ name }) => name === field);
  return column?.label ?? field;
}
