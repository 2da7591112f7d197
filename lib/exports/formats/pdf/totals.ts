import type { CellText, ColumnType } from '#lib/core/columns.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { decimalSum } from '#lib/exports/formats/decimal-sum.ts';
import type { PdfOptions } from './options.ts';

/** The exact sum of every column that has one, as the rows pass by. */
export interface RunningTotals {
  add(row: readonly CellText[]): void;
  /** A row of the sums. */
  row(): CellText[];
}

const number = /^-?\d+(\.\d+)?$/;

/** Whether a column of that type has a sum. */
export function hasTotal(type: ColumnType, of: PdfOptions['totals']): boolean {
  return (type === 'decimal' && of !== 'none') || (type === 'integer' && of === 'numbers');
}

/** Undefined where none are asked for, or no column has one. */
export function runningTotals(
  columns: readonly OutputColumn[],
  of: PdfOptions['totals'],
): RunningTotals | undefined {
  const sums = columns.flatMap(({ type }, place) =>
    hasTotal(type, of) ? [{ place, sum: decimalSum() }] : [],
  );
  if (sums.length === 0) return undefined;
  const strange = new Map<number, string>();
  return {
    add(row) {
      for (const { place, sum } of sums) {
        const cell = row[place] ?? '0';
        if (number.test(cell)) sum.add(cell);
        else strange.set(place, 'NaN');
      }
    },
    row() {
      const row: CellText[] = columns.map(() => null);
      for (const { place, sum } of sums) row[place] = strange.get(place) ?? sum.value();
      return row;
    },
  };
}
