import type { CellText } from '#lib/core/columns.ts';
import type { OutputColumn } from './contract.ts';
import { misfit } from './misfit.ts';

/** What stands in a document from behind `"data":[`, as it grows; whole JSON tokens at a time. */
export interface JsonBody {
  row(row: readonly CellText[]): string;
  /** Ends the list, and adds what stands behind it. */
  end(): string;
}

/** Which column of the file one called by its source is; throws `invalid`, naming the option, where there is none. */
export function placeOf(name: string, columns: readonly OutputColumn[], option: string): number {
  const place = columns.findIndex(({ source }) => source === name);
  if (place >= 0) return place;
  throw misfit(option, `the file has no column "${name}"`);
}
