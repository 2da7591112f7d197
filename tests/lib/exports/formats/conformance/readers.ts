import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import type { FormatChoice } from '#lib/exports/formats/registry.ts';
import { readSheets } from '#tests/lib/exports/formats/xlsx/read-workbook.ts';
import { columns } from './rows.ts';

/** How a format is read back, or why that cannot be done cell by cell. */
export type Reading =
  | {
      /** Under these options a file says everything. */
      readonly options: object;
      /** The rows that another program finds in the file. */
      read(file: Buffer): Promise<CellText[][]>;
      /** What a cell is once it has been through the format; the cell itself where absent. */
      readonly expected?: Partial<Record<ColumnType, (cell: string) => string>>;
    }
  | { readonly except: string };

const canonical = (text: string) => JSON.stringify(JSON.parse(text));
const withoutZeros = (number: string) =>
  number.includes('.') ? number.replace(/\.?0+$/, '').replace(/^-0$/, '0') : number;

export const readings: Readonly<Record<FormatChoice['type'], Reading>> = {
  csv: {
    options: { formulaGuard: false },
    read: (file) =>
      byDuckDb(file, 'csv', (path) => {
        const dialect = `delim = ',', quote = '"', escape = '"', header = true, new_line = '\\n', parallel = false`;
        return `select * from read_csv('${path}', ${dialect}, all_varchar = true, allow_quoted_nulls = false, max_line_size = 2000000)`;
      }),
  },
  ndjson: { options: {}, read: async (file) => lines(file).map(fromObject), expected: { json: canonical } },
  json: {
    options: {},
    read: async (file) => JSON.parse(file.toString()).data.map(fromObject),
    expected: { json: canonical },
  },
  parquet: {
    options: {},
    read: (file) =>
      byDuckDb(
        file,
        'parquet',
        (path) => `select ${columns.map(parquetCell).join(', ')} from read_parquet('${path}')`,
      ),
    expected: { decimal: withoutZeros, timestamp: (cell) => String(microseconds(cell)) },
  },
  xlsx: {
    options: {},
    read: fromWorkbook,
    expected: { decimal: withoutZeros, timestamp: inWorkbook },
  },
  pdf: {
    except: 'a page cuts and wraps what is long for people; its own suite compares what pdftotext reads',
  },
};

/** Since 1970, of a time in UTC with up to six digits behind the second. */
function microseconds(cell: string): bigint {
  const [, second = '', fraction = ''] = /^(.{19})(?:\.(\d+))?Z$/.exec(cell) ?? [];
  return BigInt(Date.parse(`${second}Z`)) * 1_000n + BigInt(fraction.padEnd(6, '0'));
}

/** To the millisecond; as text where Excel has no day for it. */
function inWorkbook(cell: string): string {
  const moment = new Date(Math.round(Number(microseconds(cell)) / 1_000));
  return cell < '1900-03-01' || moment.getUTCFullYear() > 9999 ? cell : moment.toISOString();
}

function lines(file: Buffer): Record<string, unknown>[] {
  const text = file.toString();
  return text === ''
    ? []
    : text
        .slice(0, -1)
        .split('\n')
        .map((line) => JSON.parse(line));
}

function fromObject(row: Record<string, unknown>): CellText[] {
  return columns.map(({ header, type }) => {
    const value = row[header];
    if (value === null || value === undefined) return null;
    return type === 'json' ? JSON.stringify(value) : String(value);
  });
}

function parquetCell({ header, type }: (typeof columns)[number]): string {
  const cell = `"${header}"`;
  if (type === 'timestamp') return `epoch_us(${cell})::varchar`;
  return type === 'decimal' ? `rtrim(rtrim(${cell}::varchar, '0'), '.')` : `${cell}::varchar`;
}

async function byDuckDb(
  file: Buffer,
  extension: string,
  query: (path: string) => string,
): Promise<CellText[][]> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-format-'));
  const path = join(folder, `file.${extension}`);
  await writeFile(path, file);
  const duck = await (await DuckDBInstance.create()).connect();
  try {
    await duck.run("set timezone = 'UTC'");
    return (await duck.runAndReadAll(query(path))).getRowsJson() as CellText[][];
  } finally {
    duck.closeSync();
    await rm(folder, { recursive: true });
  }
}

async function fromWorkbook(file: Buffer): Promise<CellText[][]> {
  const [cells = {}] = Object.values(await readSheets(file));
  const rows: CellText[][] = [];
  for (const [reference, { value, type }] of Object.entries(cells)) {
    const [, letters = '', number = ''] = /^([A-Z]+)(\d+)$/.exec(reference) ?? [];
    if (number === '1') continue;
    const place = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    const row = rows[Number(number) - 2] ?? columns.map(() => null);
    row[place] = asCell(value, type, columns[place]?.type);
    rows[Number(number) - 2] = row;
  }
  return rows;
}

function asCell(value: string, type: string, of: ColumnType | undefined): string {
  if (type === 'b') return value === '1' ? 'true' : 'false';
  if (type !== 'n') return of === 'decimal' ? withoutZeros(value) : value;
  if (of === 'date' || of === 'timestamp') return fromSerial(Number(value), of);
  return withoutZeros(value);
}

/** A moment as Excel counts days, to the millisecond. */
function fromSerial(serial: number, of: ColumnType): string {
  const iso = new Date(Math.round((serial - 25_569) * 86_400e3)).toISOString();
  return of === 'date' ? iso.slice(0, 10) : iso;
}
