import { EntrepotError } from '#lib/core/errors.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { misfit } from '#lib/exports/formats/misfit.ts';
import { MAX_COLUMNS } from '#lib/exports/formats/xlsx/sheet-limits.ts';
import type { SourceCell, SourceRow } from './sheet-source.ts';

/** What a column of the filled rows holds: a cell of the export's rows, the template's formula, or nothing but a look. */
export interface Slot {
  readonly column: number;
  /** The template's style of it. */
  readonly style: number;
  /** The place of its column in the export. */
  readonly place?: number;
  /** As the first row has it. */
  readonly formula?: string;
}

/** Finds for each column of the export the column of the template that has its heading; throws `invalid` without one. */
export function slotsByHeading(
  columns: readonly OutputColumn[],
  headings: ReadonlyMap<number, string>,
  sample: SourceRow | undefined,
): Slot[] {
  const places = new Map(columns.map(({ header }, place) => [plain(header), place]));
  const found = [...headings].map(([column, heading]) => ({ column, place: places.get(plain(heading)) }));
  const missing = columns.filter((_, place) => !found.some((each) => each.place === place));
  if (missing.length > 0) {
    const names = (all: Iterable<string>) => [...all].map((name) => `"${name}"`).join(', ');
    throw new EntrepotError(
      'invalid',
      `The template has no column for ${names(missing.map(({ header }) => header))}. Its columns are ${names(headings.values())}: rename them there, or choose and name the columns of the export to match.`,
    );
  }
  return found.map(({ column, place }) => slot(column, place, sample));
}

/** The export's columns one after another, where the template has no headings; throws `invalid` past the last of a sheet. */
export function slotsInOrder(
  columns: readonly OutputColumn[],
  left: number,
  sample: SourceRow | undefined,
): Slot[] {
  if (left + columns.length > MAX_COLUMNS) {
    throw misfit(
      'template.startCell',
      `${columns.length} columns from there on go beyond the last of a sheet`,
    );
  }
  return columns.map((_, place) => slot(left + place, place, sample));
}

function slot(column: number, place: number | undefined, sample: SourceRow | undefined): Slot {
  const cell = sample?.cells.find((each) => each.column === column);
  return { column, style: cell?.style ?? 0, ...(place === undefined ? keptFormula(cell) : { place }) };
}

function keptFormula(cell: SourceCell | undefined): { formula?: string } {
  return cell?.formula ? { formula: cell.formula } : {};
}

function plain(heading: string): string {
  return heading.trim().toLowerCase();
}
