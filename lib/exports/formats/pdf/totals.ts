import type { CellText, ColumnType } from '#lib/core/columns.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { decimalSum } from '#lib/exports/formats/decimal-sum.ts';
import type { PdfOptions } from './options.ts';

/** The exact sum of every column that has one, as the rows pass by; of amounts where all are of one currency. */
export interface RunningTotals {
  add(row: readonly CellText[]): void;
  /** A row of the sums. */
  row(): CellText[];
}

interface Total {
  readonly place: number;
  /** Where the currency of each amount is. */
  readonly by?: number;
  readonly sum: ReturnType<typeof decimalSum>;
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
  const sums = columns.flatMap(({ type, currency }, place): Total[] => {
    if (!hasTotal(type, of)) return [];
    if (currency === undefined) return [{ place, sum: decimalSum() }];
    const by = columns.findIndex(({ source }) => source === currency);
    return by < 0 ? [] : [{ place, by, sum: decimalSum() }];
  });
  if (sums.length === 0) return undefined;
  /** What stands in the place of a sum: nothing where the currencies differ. */
  const strange = new Map<number, string | null>();
  const currencies = new Map<number, CellText>();
  return {
    add(row) {
      for (const { place, by, sum } of sums) {
        if (by !== undefined && typeof row[place] === 'string') {
          const currency = row[by] ?? null;
          if (!currencies.has(place)) currencies.set(place, currency);
          if (currencies.get(place) !== currency) strange.set(place, null);
        }
        const cell = row[place] ?? '0';
        if (number.test(cell)) sum.add(cell);
        else if (!strange.has(place)) strange.set(place, 'NaN');
      }
    },
    row() {
      const row: CellText[] = columns.map(() => null);
      for (const { place, sum } of sums)
        row[place] = strange.has(place) ? (strange.get(place) ?? null) : sum.value();
      return row;
    },
  };
}
