import type { CellText } from '#lib/core/columns.ts';
import { unzip } from '#tests/support/unzip.ts';
import { readSheets } from './read-workbook.ts';
import { tableOf, type WantedOptions, writeWorkbook } from './write-workbook.ts';

export const columns = { day: 'date', sku: 'text', quantity: 'integer', price: 'decimal' } as const;
const rows: CellText[][] = [
  ['2026-01-02', 'B', '2', '1.10'],
  ['2026-01-01', 'A', '3', '2.20'],
  ['2026-01-02', 'a', '1', '3.30'],
  ['2026-01-03', null, null, '4.40'],
  ['2026-01-01', 'B', '5', 'NaN'],
];
/** A workbook of five orders. */
export const write = (options: WantedOptions) => writeWorkbook(tableOf(columns, rows), options);

/** Its parts, by their names. */
export async function parts(options: WantedOptions) {
  const files = await unzip(await write(options));
  return (name: string) => files.get(name)?.toString() ?? '';
}

/** The values of one of its sheets, row by row. */
export async function valuesOf(options: WantedOptions, sheet: string): Promise<string[][]> {
  const cells = (await readSheets(await write(options)))[sheet] ?? {};
  const values: string[][] = [];
  for (const [reference, { value }] of Object.entries(cells)) {
    const row = Number(reference.replace(/\D+/, '')) - 1;
    values[row] = [...(values[row] ?? []), value];
  }
  return values;
}
