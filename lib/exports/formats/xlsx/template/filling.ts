import { EntrepotError } from '#lib/core/errors.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import type { Package } from '#lib/exports/formats/xlsx/package.ts';
import type { TemplateOptions } from '#lib/exports/formats/xlsx/template-options.ts';
import type { Filling } from './filled-sheet.ts';
import { headingsOf } from './headings.ts';
import type { SourceSheet } from './sheet-source.ts';
import { type Slot, slotsByHeading, slotsInOrder } from './slots.ts';
import { cellOf, rangeOf, type Target, type TargetTable } from './target.ts';
import { attributesOf } from './xml.ts';

/** Which rows of the sheet are filled and with what; throws `invalid` where the columns are not those of the export. */
export async function fillingOf(
  parts: Package,
  { workbook, sheet, table }: Target,
  source: SourceSheet,
  columns: readonly OutputColumn[],
  { startCell }: TemplateOptions,
): Promise<Filling> {
  const filling = table
    ? ofTable(table, source, columns)
    : await ofSheet(parts, workbook, source, columns, startCell);
  refuseMerged(source, filling.slots, filling.firstRow);
  return { sheet, source, columns, ...filling };
}

type Place = Pick<Filling, 'slots' | 'firstRow' | 'oldLast' | 'hasTotals'>;

function ofTable(
  { range, hasHeader, hasTotals, columns: names }: TargetTable,
  source: SourceSheet,
  columns: readonly OutputColumn[],
): Place {
  const firstRow = range.top + (hasHeader ? 1 : 0);
  const headings = new Map(names.map((name, place) => [range.left + place, name]));
  return {
    slots: slotsByHeading(columns, headings, rowAt(source, firstRow)),
    firstRow,
    oldLast: Math.max(range.bottom - (hasTotals ? 1 : 0), firstRow),
    hasTotals,
  };
}

async function ofSheet(
  parts: Package,
  workbook: string,
  source: SourceSheet,
  columns: readonly OutputColumn[],
  startCell: string,
): Promise<Place> {
  const { column, row } = cellOf(startCell);
  const headings = await headingsOf(parts, workbook, rowAt(source, row - 1), column);
  const sample = rowAt(source, row);
  const slots =
    headings.size > 0 ? slotsByHeading(columns, headings, sample) : slotsInOrder(columns, column, sample);
  return { slots, firstRow: row, oldLast: lastFilled(source, slots, row), hasTotals: false };
}

/** The template's own rows go on without a gap. */
function lastFilled(source: SourceSheet, slots: readonly Slot[], first: number): number {
  const filled = new Set(slots.map(({ column }) => column));
  const numbers = new Set(
    source.rows
      .filter(({ cells }) => cells.some(({ column, isEmpty }) => filled.has(column) && !isEmpty))
      .map(({ number }) => number),
  );
  let last = first;
  while (numbers.has(last + 1)) last += 1;
  return last;
}

function refuseMerged({ tail }: SourceSheet, slots: readonly Slot[], firstRow: number): void {
  const fragment = /<mergeCells\b[\s\S]*?<\/mergeCells>/.exec(tail)?.[0];
  const merged = fragment === undefined ? [] : attributesOf(fragment, 'mergeCell');
  const inside = merged.find(({ ref = 'A1' }) => {
    const { left, right, bottom } = rangeOf(ref);
    return bottom >= firstRow && slots.some(({ column }) => column >= left && column <= right);
  });
  if (!inside) return;
  throw new EntrepotError(
    'invalid',
    `The template has merged cells (${inside.ref}) where the export's rows would go. Split them in Excel.`,
  );
}

function rowAt({ rows }: SourceSheet, number: number): SourceSheet['rows'][number] | undefined {
  return rows.find((row) => row.number === number);
}
