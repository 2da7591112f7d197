import { EntrepotError } from '#lib/core/errors.ts';
import type { FileContext, OutputColumn } from '#lib/exports/formats/contract.ts';
import { rowChunks } from '#lib/exports/formats/xlsx/chunks.ts';
import { letters } from '#lib/exports/formats/xlsx/columns.ts';
import type { XlsxOptions } from '#lib/exports/formats/xlsx/options.ts';
import type { RowFeed } from '#lib/exports/formats/xlsx/row-feed.ts';
import { MAX_ROWS } from '#lib/exports/formats/xlsx/sheet-limits.ts';
import { filledRow } from './filled-row.ts';
import { followed, type Growth } from './references.ts';
import type { SourceCell, SourceRow, SourceSheet } from './sheet-source.ts';
import type { Slot } from './slots.ts';
import { escapeXml, unescapeXml } from './xml.ts';

/** What is filled: which rows of the template's sheet, and with what. */
export interface Filling {
  readonly sheet: string;
  readonly source: SourceSheet;
  /** In the order of their columns. */
  readonly slots: readonly Slot[];
  readonly columns: readonly OutputColumn[];
  readonly firstRow: number;
  /** The last of the rows that are replaced. */
  readonly oldLast: number;
  /** Whether the row below them has totals, which move along. */
  readonly hasTotals: boolean;
}

/**
 * The filled sheet as it grows. Rows above, and cells beside those that are filled, stay as they are; `settle` is told
 * how many rows there are once the last is written, and gives the sheet's end as it then is.
 */
export async function* filledSheet(
  filling: Filling,
  feed: RowFeed,
  options: XlsxOptions,
  note: FileContext['note'],
  settle: (growth: Growth) => string,
): AsyncGenerator<string> {
  const { source, firstRow, hasTotals } = filling;
  const kept = keptRows(filling);
  const write = filledRow(filling, kept, options, note);
  const limit = MAX_ROWS - firstRow + 1 - (hasTotals ? 1 : 0);
  yield source.head;
  for (const row of kept.values()) if (row.number < firstRow) yield rowXml(row, row.cells);
  let number = firstRow - 1;
  yield* rowChunks(feed.take(limit), (row) => {
    number += 1;
    return write(row, number);
  });
  if (await feed.peek()) throw tooManyRows(limit);
  // A table of Excel has a row at least.
  if (number < firstRow) yield write([], firstRow);
  const growth = growthOf(filling, Math.max(number, firstRow));
  yield below(filling, kept, growth);
  yield settle(growth);
}

/** A row of the template with these of its cells; nothing where it has none and says nothing of itself. */
function rowXml({ number, attributes }: SourceRow, cells: readonly SourceCell[]): string {
  if (cells.length === 0 && attributes === '') return '';
  return `<row r="${number}"${attributes}>${cells.map(({ xml }) => xml).join('')}</row>`;
}

function growthOf({ sheet, firstRow, oldLast }: Filling, newLast: number): Growth {
  return { sheet, firstRow, oldLast, newLast };
}

/** The template's rows without what is replaced, by their number; formulas that span the rows reach to the sheet's end. */
function keptRows(filling: Filling): Map<number, SourceRow> {
  const { source, slots, firstRow, oldLast, hasTotals } = filling;
  const replaced = new Set(slots.map(({ column }) => column));
  const last = oldLast + (hasTotals ? 1 : 0);
  const rows = source.rows.map((row): [number, SourceRow] => {
    const isReplaced = row.number >= firstRow && row.number <= last;
    const cells = isReplaced ? row.cells.filter(({ column }) => !replaced.has(column)) : row.cells;
    return [row.number, { ...row, cells: cells.map((cell) => reachingDown(cell, filling)) }];
  });
  return new Map(rows);
}

/** Written before the last row is known. */
function reachingDown(cell: SourceCell, filling: Filling): SourceCell {
  const toEnd = growthOf(filling, MAX_ROWS);
  const changed = withFormula(cell, (formula) => followed(formula, toEnd, filling.sheet));
  if (changed === cell || !filling.hasTotals) return changed;
  throw new EntrepotError(
    'invalid',
    `The template reckons over its rows in column ${letters(cell.column)} above or beside them, and has totals below: both cannot follow. Name the table in that formula, or move it to another sheet.`,
  );
}

/** The totals at their new row, and what the template has further down. */
function below(filling: Filling, kept: ReadonlyMap<number, SourceRow>, growth: Growth): string {
  const { hasTotals, oldLast, slots } = filling;
  const filled = new Set(slots.map(({ column }) => column));
  const end = growth.newLast + (hasTotals ? 1 : 0);
  const inTheWay = [...kept.values()].find(
    ({ number, cells }) =>
      number > oldLast &&
      number <= end &&
      cells.some(({ column, isEmpty }) => filled.has(column) && !isEmpty),
  );
  if (inTheWay) throw inTheWayAt(inTheWay.number);
  const totals = hasTotals ? totalsRow(filling, kept, growth) : '';
  const rest = [...kept.values()].filter(({ number }) => number > end);
  return totals + rest.map((row) => rowXml(row, row.cells)).join('');
}

function totalsRow(
  { source, slots, oldLast, sheet }: Filling,
  kept: ReadonlyMap<number, SourceRow>,
  growth: Growth,
): string {
  const number = growth.newLast + 1;
  const row = source.rows.find((each) => each.number === oldLast + 1);
  const filled = new Set(slots.map(({ column }) => column));
  const moved = (row?.cells ?? [])
    .filter(({ column }) => filled.has(column))
    .map((cell) => withFormula(cell, (formula) => followed(formula, growth, sheet)))
    .map((cell) => ({
      ...cell,
      xml: cell.xml.replace(/ r="[^"]*"/, ` r="${letters(cell.column)}${number}"`),
    }));
  const beside = kept.get(number)?.cells.filter(({ column }) => !filled.has(column)) ?? [];
  const cells = [...moved, ...beside].toSorted((one, other) => one.column - other.column);
  return rowXml({ number, attributes: row?.attributes ?? '', cells }, cells);
}

function withFormula(cell: SourceCell, change: (formula: string) => string): SourceCell {
  if (cell.formula === undefined) return cell;
  const changed = escapeXml(change(unescapeXml(cell.formula)));
  if (changed === escapeXml(unescapeXml(cell.formula))) return cell;
  return {
    ...cell,
    formula: changed,
    xml: cell.xml.replace(/(<f\b[^>]*>)[^<]*(?=<\/f>)/, (_, tag) => tag + changed),
  };
}

function tooManyRows(limit: number): EntrepotError {
  return new EntrepotError(
    'invalid',
    `The template's sheet has room for ${limit.toLocaleString('en')} rows, and the export has more. Filter them, or export without the template.`,
  );
}

function inTheWayAt(row: number): EntrepotError {
  return new EntrepotError(
    'invalid',
    `The template has something below its rows, in row ${row}, where the export's rows would go. Move it beside or above them, or to another sheet.`,
  );
}
