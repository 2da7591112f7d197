import type { z } from 'zod';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import type { FileContext, Table } from '#lib/exports/formats/contract.ts';
import type { xlsxOptions } from '#lib/exports/formats/xlsx/options.ts';
import { xlsx } from '#lib/exports/formats/xlsx/xlsx.ts';

type Rows = Iterable<readonly CellText[]>;
export type WantedOptions = z.input<typeof xlsxOptions>;

/** A table whose columns are given as `{ header: type }`, its rows in batches of a thousand. */
export function tableOf(columns: Readonly<Record<string, ColumnType>>, rows: Rows, name = 'Orders'): Table {
  const listed = Object.entries(columns).map(([header, type]) => ({ source: header, header, type }));
  return { name, columns: listed, rows: batches(rows) };
}

/** The whole file of a table, its title `Orders of the year`. */
export async function writeWorkbook(
  table: Table,
  options: WantedOptions = {},
  context: Partial<FileContext> = {},
): Promise<Buffer> {
  const chunks = await Array.fromAsync(
    xlsx.encode(table, xlsx.options.parse(options), fileContext({ title: 'Orders of the year', ...context })),
  );
  return Buffer.concat(chunks);
}

async function* batches(rows: Rows): Table['rows'] {
  let batch: (readonly CellText[])[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < 1_000) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
