import { isNumeric } from '#lib/core/columns.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { misfit } from '#lib/exports/formats/misfit.ts';
import type { SummaryFunction } from './summary.ts';

/** A column of a sheet, as far as it is written and looks. */
export interface SheetColumn extends Pick<OutputColumn, 'header' | 'type'> {
  /** How Excel shows it; as its type is shown where absent. */
  readonly numFmt?: string;
}

/** A column's letters: 0 is A, 26 is AA. */
export function letters(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : letters(Math.floor(place / 26) - 1) + last;
}

/**
 * The place of the column that an option names by its header or its source. Throws `invalid`, naming the option by its
 * dotted path, where there is none.
 */
export function placeOf(
  columns: readonly Pick<OutputColumn, 'header' | 'source'>[],
  name: string,
  option: string,
): number {
  const byHeader = columns.findIndex(({ header }) => header === name);
  const place = byHeader >= 0 ? byHeader : columns.findIndex(({ source }) => source === name);
  if (place >= 0) return place;
  const headers = columns.map(({ header }) => header).join(', ');
  throw misfit(option, `the file does not have a column "${name}"; choose one of ${headers}`);
}

/**
 * Throws `invalid` where values taken together `by` that function would say what is not so: amounts of several
 * currencies, unless `keys`, the columns that tell the values apart, have their currency; and sums of what stands once
 * for each of several rows.
 */
export function requireOneMeaning(
  { header, currency, repeatedFor }: Pick<OutputColumn, 'header' | 'currency' | 'repeatedFor'>,
  by: SummaryFunction,
  option: string,
  keys: readonly Pick<OutputColumn, 'source'>[] = [],
): void {
  if (by === 'count') return;
  if (repeatedFor !== undefined && (by === 'sum' || by === 'average')) {
    throw misfit(
      option,
      `"${header}" stands once for each of "${repeatedFor}", and would count as often: take the least or the most of it, or leave those out`,
    );
  }
  if (currency === undefined || keys.some(({ source }) => source === currency)) return;
  throw misfit(
    option,
    `"${header}" holds amounts that may be of several currencies: filter for one "${currency}", or count them`,
  );
}

/** As `placeOf`, for a column that is to be reckoned with: throws `invalid` where it holds no numbers. */
export function numericPlaceOf(columns: readonly OutputColumn[], name: string, option: string): number {
  const place = placeOf(columns, name, option);
  const type = columns[place]?.type;
  if (isNumeric(type)) return place;
  throw misfit(option, `the column "${name}" holds no numbers; count it, or choose a column of numbers`);
}
