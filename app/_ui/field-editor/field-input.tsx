'use client';

import { Textarea } from '@mantine/core';
import { SingleInput } from '#app/_ui/filter-builder/single-input.tsx';
import type { Column } from '#lib/core/columns.ts';

interface FieldInputProps {
  readonly column: Column;
  readonly draft: string;
  /** The id of the text that says what is wrong. */
  readonly describedBy: string | undefined;
  onType(draft: string): void;
}

const MOST_LINES = 8;

/** A field's new value, entered as fits its column's type. */
export function FieldInput({ column, draft, describedBy, onType }: FieldInputProps) {
  const label = `New value of ${column.label ?? column.name}`;
  if (column.type === 'text' || column.type === 'json') {
    return (
      <Textarea
        aria-label={label}
        aria-describedby={describedBy}
        autosize
        maxRows={MOST_LINES}
        value={draft}
        onChange={(event) => onType(event.currentTarget.value)}
        error={describedBy !== undefined}
      />
    );
  }
  return (
    <SingleInput
      label={label}
      describedBy={describedBy}
      type={column.type}
      value={draft === '' ? undefined : draft}
      onEnter={onType}
    />
  );
}
