import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import type { FileMetadata } from '#lib/exports/formats/contract.ts';
import { parquet } from '#lib/exports/formats/parquet/parquet.ts';

export type Columns = Readonly<Record<string, ColumnType>>;
export type Rows = readonly (readonly CellText[])[];

interface Written {
  readonly columns: Columns;
  readonly rows: Rows | AsyncIterable<Rows>;
  readonly options?: object;
  readonly metadata?: FileMetadata;
}

/** The file in memory; rows that are given as a list come in batches of `BATCH_ROWS`. */
export async function encode({ columns, rows, options = {}, metadata = {} }: Written): Promise<Buffer> {
  const table = {
    name: 'test',
    columns: Object.entries(columns).map(([header, type]) => ({ source: header, header, type })),
    rows: Array.isArray(rows) ? batchesOf(rows) : (rows as AsyncIterable<Rows>),
  };
  const chosen = parquet.options.parse(options);
  const context = fileContext({ title: 'test', metadata });
  return Buffer.concat(await Array.fromAsync(parquet.encode(table, chosen, context)));
}

const BATCH_ROWS = 700;

async function* batchesOf(rows: Rows): AsyncGenerator<Rows> {
  for (let first = 0; first < rows.length; first += BATCH_ROWS) yield rows.slice(first, first + BATCH_ROWS);
}

/** DuckDB, and a folder for the files that it is to read. */
export interface Reader {
  /** Writes a file and gives its path. */
  file(written: Written): Promise<string>;
  /** The rows of a query, as DuckDB writes them as JSON: everything but booleans, lists and null as text. */
  ask(query: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function startReader(): Promise<Reader> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-parquet-'));
  const connection: DuckDBConnection = await (await DuckDBInstance.create()).connect();
  await connection.run("set timezone = 'UTC'");
  let files = 0;
  return {
    async file(written) {
      files += 1;
      const path = join(folder, `${files}.parquet`);
      await writeFile(path, await encode(written));
      return path;
    },
    async ask(query) {
      return (await connection.runAndReadAll(query)).getRowObjectsJson();
    },
    async close() {
      connection.closeSync();
      await rm(folder, { recursive: true });
    },
  };
}
