import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { BrokenRow, Page, SourceRow } from '#connectors/contract.ts';
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
type Header = Pick<Page, 'columns' | 'complete'>;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Stores a page as compressed lines: its header, then a row or a broken row each, with their line numbers. */
export async function putPage(folder: SpoolFolder, n: number, page: Page): Promise<void> {
  const header: Header = {
    ...(page.columns && { columns: page.columns }),
    ...(page.complete && { complete: true }),
  };
  const lines = [header, ...page.rows, ...(page.broken ?? [])].map((line) => JSON.stringify(line));
  const bytes = await compress(lines.join('\n'), { level: constants.Z_BEST_SPEED });
  await putObject(pathOf(folder, n), bytes, 'application/gzip');
}

/** Reads a page as it was put, its numbers exact; throws `not_found` where it is gone. */
export async function getPage(folder: SpoolFolder, n: number, cursor: unknown): Promise<Page> {
  const bytes = await decompress(await buffer(await getStream(pathOf(folder, n))));
  const [header, ...lines] = bytes.toString().split('\n').map(parseExactJson) as [
    Header,
    ...(SourceRow | BrokenRow)[],
  ];
  return {
    ...header,
    rows: lines.filter((line) => 'values' in line),
    broken: lines.filter((line) => 'reason' in line),
    cursor,
  };
}

function pathOf({ runId, stream, token }: SpoolFolder, n: number): string {
  return `${spoolFolder(runId)}${stream}/${token}/${n}.ndjson.gz`;
}
