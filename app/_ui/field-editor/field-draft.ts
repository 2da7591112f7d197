import type { CellText, Column } from '#lib/core/columns.ts';

/** A value of a row as the text that edits it; null where there is nothing. */
export function draftOf(value: unknown, { type }: Pick<Column, 'type'>): CellText {
  if (value === null || value === undefined) return null;
  return type === 'json' ? JSON.stringify(value) : String(value);
}

/** What an edited text stands for: blanks around a number or a date mean nothing. */
export function writtenValue(draft: string, { type }: Pick<Column, 'type'>): string {
  return type === 'text' ? draft : draft.trim();
}
