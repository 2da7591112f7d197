import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { BrokenRow, Page, SourceRow } from '#connectors/contract.ts';
import { newBreath } from '#lib/core/breathe.ts';
import { parseExactJson } from '#lib/core/exact-json.ts';
import { getStream, putObject } from '#lib/storage/objects.ts';
import { spoolFolder } from '#lib/storage/spool.ts';

/** Where the pages of one pass lie: `spool/{run}/{stream}/{token}/{n}.ndjson.gz`. */
export interface SpoolFolder {
  readonly runId: string;
  readonly stream: string;
  /** Of the slice that spooled: one that was cut off cannot disturb its successor. */
  readonly token: string;
}

/** What stands before a page's rows. */
type Header = Omit<Page, 'rows' | 'broken' | 'cursor'>;

/** A row of just the columns that its page states: its line number, then its values in their order. */
type Cells = readonly [line: number | null, ...values: unknown[]];

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Stores a page as compressed lines: its header, then a row or a broken row each, with their line numbers. */
export async function putPage(folder: SpoolFolder, n: number, page: Page): Promise<void> {
  const { rows, broken = [], cursor: _cursor, ...header } = page;
  const breathe = newBreath();
  const lines = [JSON.stringify(header)];
  for (const row of rows) {
    await breathe();
    lines.push(JSON.stringify(cellsOf(row, header.columns) ?? row));
  }
  lines.push(...broken.map((each) => JSON.stringify(each)));
  const bytes = await compress(lines.join('\n'), { level: constants.Z_BEST_SPEED });
  await putObject(pathOf(folder, n), bytes, 'application/gzip');
}

/** Reads a page as it was put, its numbers exact; throws `not_found` where it is gone. */
export async function getPage(folder: SpoolFolder, n: number, cursor: unknown): Promise<Page> {
  const bytes = await decompress(await buffer(await getStream(pathOf(folder, n))));
  const [first = '', ...lines] = bytes.toString().split('\n');
  const header = parseExactJson(first) as Header;
  const rows: SourceRow[] = [];
  const broken: BrokenRow[] = [];
  const breathe = newBreath();
  for (const line of lines) {
    await breathe();
    const value = parseExactJson(line) as Cells | SourceRow | BrokenRow;
    if (isCells(value)) rows.push(rowOf(value, header.columns ?? []));
    else if ('values' in value) rows.push(value);
    else broken.push(value);
  }
  return { ...header, rows, broken, cursor };
}

function isCells(value: Cells | SourceRow | BrokenRow): value is Cells {
  return Array.isArray(value);
}

/** Undefined for a row that has more to say than the values of `columns`, or fewer of them. */
function cellsOf({ line, updatedAt, values }: SourceRow, columns: readonly string[] = []): Cells | undefined {
  const isPlain = updatedAt === undefined && Object.keys(values).length === columns.length;
  if (!isPlain || !columns.every((name) => Object.hasOwn(values, name))) return undefined;
  return [line ?? null, ...columns.map((name) => values[name])];
}

function rowOf([line, ...cells]: Cells, columns: readonly string[]): SourceRow {
  const values: Record<string, unknown> = {};
  for (const [index, name] of columns.entries()) values[name] = cells[index];
  return { ...(line !== null && { line }), values };
}

function pathOf({ runId, stream, token }: SpoolFolder, n: number): string {
  return `${spoolFolder(runId)}${stream}/${token}/${n}.ndjson.gz`;
}
