import type { CellText } from '#lib/core/columns.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import type { Query } from '#lib/exports/query/schema.ts';
import { MASK } from '#lib/exports/shape/transforms/conceal.ts';

type Row = readonly CellText[];

/** What of a definition says how its columns are written. */
export interface Shaped extends Pick<Query, 'columns'> {
  /** Of every column. */
  readonly personal?: 'show' | undefined;
}

/** Whether a column holds personal data that the definition does not show. */
export function isMasked({ personal, source }: OutputColumn, { columns, personal: all }: Shaped): boolean {
  const shows = all === 'show' || columns?.some((one) => one.source === source && one.personal === 'show');
  return personal === true && !shows;
}

/** Reads the cell at a place of a row; of a column that is masked, the mask of what there is. */
export function cellReader(
  columns: readonly OutputColumn[],
  place: number,
  shaped: Shaped,
): (row: Row) => CellText {
  const column = columns[place];
  const read = (row: Row) => row[place] ?? null;
  return column && isMasked(column, shaped) ? (row) => (read(row) === null ? null : MASK) : read;
}
