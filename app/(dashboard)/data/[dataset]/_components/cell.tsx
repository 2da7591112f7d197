import type { Formats } from '#app/_ui/formats.ts';
import type { Column } from '#lib/core/columns.ts';
import { cellText, isNaming, wholeText } from './cell-text.ts';
import classes from './row-grid.module.css';

/** More does not fit into any cell; the row's details have the whole. */
const SHOWN_LETTERS = 200;

interface CellProps {
  readonly value: unknown;
  readonly column: Column;
  readonly keyColumns: readonly string[];
  readonly formats: Formats;
  /** Whether all of it is shown, however long. */
  readonly isWhole?: boolean;
}

/** A value; nothing is a quiet dash, and an empty text says so. */
export function Cell({ value, column, keyColumns, formats, isWhole = false }: CellProps) {
  if (value === null || value === undefined) {
    return (
      <span className={classes.quiet} role="img" aria-label="nothing">
        –
      </span>
    );
  }
  if (value === '') return <span className={classes.quiet}>empty</span>;
  if (isWhole) return wholeText(value, column, formats, isNaming(column, keyColumns));
  const text = cellText(value, column, formats, isNaming(column, keyColumns));
  return text.length <= SHOWN_LETTERS ? text : `${text.slice(0, SHOWN_LETTERS)}…`;
}
