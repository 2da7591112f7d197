import { createReadStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  type DuckDBAppender,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampTZValue,
} from '@duckdb/node-api';
import type { ColumnType } from '#lib/core/columns.ts';
import { rowBatches } from '#lib/exports/row-path.ts';
import type { Ground } from '#tests/bench/ground.ts';
import { discard } from './discard.ts';
import { readLargeTable } from './large-table.ts';
import type { Measured } from './registry.ts';
import { timed } from './timed.ts';

/** The baseline of Parquet: DuckDB is given the same rows, typed, writes them as Parquet, and the file is read. */
export function duckdb(ground: Ground): Promise<Measured> {
  return readLargeTable(ground, {}, ({ client }, plan) =>
    timed(async () => {
      const path = join(ground.folder, 'duckdb.parquet');
      const connection = await (await DuckDBInstance.create()).connect();
      const columns = plan.columns.map(({ header, type }) => `"${header}" ${types[type]}`);
      await connection.run(`create table given (${columns})`);
      const appender = await connection.createAppender('given');
      const appends = plan.columns.map(({ type }) => append[type]);
      for await (const rows of rowBatches(client, plan.select())) {
        for (const row of rows) {
          for (const [place, cell] of row.entries()) {
            if (cell === null) appender.appendNull();
            else appends[place]?.(appender, cell);
          }
          appender.endRow();
        }
      }
      appender.closeSync();
      await connection.run(`copy given to '${path}' (format parquet, compression snappy)`);
      const written = await discard(createReadStream(path));
      connection.closeSync();
      rmSync(path);
      return written;
    }),
  );
}

const types: Readonly<Record<ColumnType, string>> = {
  text: 'varchar',
  integer: 'bigint',
  decimal: 'decimal(38, 9)',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamptz',
  json: 'varchar',
};

const DAY_MS = 86_400_000;
const SCALE = 9;

const append: Readonly<Record<ColumnType, (to: DuckDBAppender, cell: string) => void>> = {
  text: (to, cell) => to.appendVarchar(cell),
  integer: (to, cell) => to.appendBigInt(BigInt(cell)),
  decimal(to, cell) {
    const [whole = '', fraction = ''] = cell.split('.');
    to.appendDecimal(new DuckDBDecimalValue(BigInt(whole + fraction.padEnd(SCALE, '0')), 38, SCALE));
  },
  boolean: (to, cell) => to.appendBoolean(cell === 'true'),
  date: (to, cell) => to.appendDate(new DuckDBDateValue(Date.parse(cell) / DAY_MS)),
  timestamp: (to, cell) =>
    to.appendTimestampTZ(new DuckDBTimestampTZValue(BigInt(Date.parse(cell)) * 1_000n)),
  json: (to, cell) => to.appendVarchar(cell),
};
