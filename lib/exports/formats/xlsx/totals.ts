import { isNumeric } from '#lib/core/columns.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { misfit } from '#lib/exports/formats/misfit.ts';
import { letters, placeOf, requireOneMeaning } from './columns.ts';
import type { TotalOptions } from './enrichment-options.ts';
import { quotedSheet } from './sheet-names.ts';

/** Where rows of a table lie. */
interface RowRange {
  readonly sheet: string;
  readonly first: number;
  readonly last: number;
}

/** What stands in place of a total, or the formula that gives it. */
export interface TotalCell {
  readonly formula?: string;
  readonly text?: string;
}

type Totalled = Pick<OutputColumn, 'header' | 'source' | 'type' | 'currency' | 'repeatedFor'>;

const excelFunctions = { sum: 'SUM', average: 'AVERAGE', count: 'COUNTA', min: 'MIN', max: 'MAX' };
/** Excel would leave such cells out without a word. */
const NONE = 'No total: some of these values stand as text';

/**
 * By the place of its column, each total over all the sheets of the table; none of a column in `asText`, but a count.
 * Throws `invalid` for a column that is not there, or of which that total would say nothing.
 */
export function totalCells(
  totals: readonly TotalOptions[],
  columns: readonly Totalled[],
  ranges: readonly RowRange[],
  asText: ReadonlySet<string>,
): Map<number, TotalCell> {
  const cells = totals.map((total, index): [number, TotalCell] => {
    const option = `totals.${index}.column`;
    const place = placeOf(columns, total.column, option);
    const column = columns[place] as Totalled;
    requireTotal(column, total.function, option);
    if (asText.has(column.header) && total.function !== 'count') return [place, { text: NONE }];
    const letter = letters(place);
    const areas = ranges.map(
      ({ sheet, first, last }) => `${quotedSheet(sheet)}!${letter}${first}:${letter}${last}`,
    );
    return [place, { formula: `${excelFunctions[total.function]}(${areas.join(',')})` }];
  });
  return new Map(cells);
}

/** Days and times have a least and a most alone. */
function requireTotal(column: Totalled, by: TotalOptions['function'], option: string): void {
  if (by === 'count') return;
  const { header, type } = column;
  const isTime = type === 'date' || type === 'timestamp';
  const fits = isNumeric(type) || (isTime && (by === 'min' || by === 'max'));
  if (!fits) throw misfit(option, `"${header}" has no ${by}; count it, or choose a column of numbers`);
  requireOneMeaning(column, by, option);
}
