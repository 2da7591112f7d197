import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { letters, placeOf, requireOneCurrency } from './columns.ts';
import type { TotalOptions } from './enrichment-options.ts';
import { quotedSheet } from './sheet-names.ts';

/** Where rows of a table lie. */
export interface RowRange {
  readonly sheet: string;
  readonly first: number;
  readonly last: number;
}

const excelFunctions = { sum: 'SUM', average: 'AVERAGE', count: 'COUNTA', min: 'MIN', max: 'MAX' };

/** By the place of its column, the formula of each total over all the sheets of the table. Throws `invalid` for a column that is not there, or of several currencies. */
export function totalFormulas(
  totals: readonly TotalOptions[],
  columns: readonly Pick<OutputColumn, 'header' | 'source' | 'currency'>[],
  ranges: readonly RowRange[],
): Map<number, string> {
  const formulas = totals.map((total, index): [number, string] => {
    const option = `totals.${index}.column`;
    const place = placeOf(columns, total.column, option);
    const column = columns[place];
    if (column && total.function !== 'count') requireOneCurrency(column, option);
    const letter = letters(place);
    const cells = ranges.map(
      ({ sheet, first, last }) => `${quotedSheet(sheet)}!${letter}${first}:${letter}${last}`,
    );
    return [place, `${excelFunctions[total.function]}(${cells.join(',')})`];
  });
  return new Map(formulas);
}
