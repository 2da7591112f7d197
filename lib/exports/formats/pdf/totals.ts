import type { CellText, ColumnType } from '#lib/core/columns.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { decimalSum } from '#lib/exports/formats/decimal-sum.ts';
import type { PdfOptions } from './options.ts';

/**
 * The exact sum of every column that has one, as the rows pass by; of amounts where all are of one currency. What
 * stands once for each of several rows has none: it would count as often.
 */
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
  const totals = columns.flatMap(({ type, currency, repeatedFor }, place) => {
    if (!hasTotal(type, of) || repeatedFor !== undefined) return [];
    const by = columns.findIndex(({ source }) => source === currency);
    return currency !== undefined && by < 0 ? [] : [{ place, total: columnTotal(place, by) }];
  });
  if (totals.length === 0) return undefined;
  return {
    add(row) {
      for (const { total } of totals) total.add(row);
    },
    row() {
      const row: CellText[] = columns.map(() => null);
      for (const { place, total } of totals) row[place] = total.value();
      return row;
    },
  };
}

/** Of one column: nothing where amounts, whose currencies are at `by`, are of several; `NaN` where one is no number. */
function columnTotal(place: number, by: number) {
  const sum = decimalSum();
  const currencies = new Set<CellText>();
  let isNumber = true;
  return {
    add(row: readonly CellText[]): void {
      const cell = row[place] ?? null;
      if (cell === null) return;
      // Two are as telling as many.
      if (currencies.size < 2) currencies.add(row[by] ?? null);
      if (number.test(cell)) sum.add(cell);
      else isNumber = false;
    },
    value(): CellText {
      if (currencies.size > 1) return null;
      return isNumber ? sum.value() : 'NaN';
    },
  };
}
