import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import Papa from 'papaparse';

const root = join(import.meta.dirname, '../..');

interface Artifact {
  readonly id: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly rows: number;
  readonly sha256: string;
  readonly url: string;
}

/** What a POST that creates answers. */
export interface Created {
  readonly id: string;
}

/** A job that has ended well, as the API shows it. */
interface EndedJob {
  readonly result: Readonly<Record<string, number>> & { readonly artifacts?: readonly Artifact[] };
}

/** What `npm start` tells scripts, of the stack that the tests run on. */
export function demo(): { readonly url: string; readonly apiKey: string; readonly databaseUrl: string } {
  return JSON.parse(readFileSync(join(root, process.env.E2E_FOLDER ?? '.local', 'demo.json'), 'utf8'));
}

/** The rows of a CSV text with headings, as another reader finds them. */
export function csvRows(text: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

/** Calls the API with the demo key, expects `status`, and answers what it said. */
export async function call<Answer>(
  status: number,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const { url, apiKey } = demo();
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  expect(response.status, `${method} ${path}: ${text}`).toBe(status);
  return text === '' ? (undefined as Answer) : JSON.parse(text);
}

/** Asks after a job until it has ended, and expects it to have ended well. */
async function ended(jobId: string): Promise<EndedJob> {
  const read = () => call<{ status: string } & EndedJob>(200, 'GET', `/api/jobs/${jobId}`);
  await expect
    .poll(async () => (await read()).status, { timeout: 60_000, message: `job ${jobId}` })
    .toMatch(/completed|failed|cancelled/);
  const job = await read();
  expect(job).toMatchObject({ status: 'completed', error: null });
  return job;
}

/** Every row of a dataset, page by page in the order of its keys. */
export async function allRows(dataset: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: '500', ...(cursor && { cursor }) });
    const page: { items: Record<string, unknown>[]; nextCursor: string | null } = await call(
      200,
      'GET',
      `/api/datasets/${dataset}/rows?${query}`,
    );
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return rows;
}

/** A server of real data files that asks for a key, as vendors do; `?lines=40` gives only so many of a file. */
export async function serveFiles(key: string): Promise<{ url: string; close(): void }> {
  const folder = join(root, 'node_modules/vega-datasets/data');
  const server = createServer((request, response) => {
    if (request.headers['x-key'] !== key) response.writeHead(401).end();
    else response.end(firstLines(folder, new URL(`http://x${request.url}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

function firstLines(folder: string, { pathname, searchParams }: URL): Buffer | string {
  const file = readFileSync(join(folder, pathname));
  const lines = searchParams.get('lines');
  return lines ? file.toString().split('\n').slice(0, Number(lines)).join('\n') : file;
}

/** The same file, read here. */
export function readData(name: string): string {
  return readFileSync(join(root, 'node_modules/vega-datasets/data', name), 'utf8');
}

/** Syncs a source in full and answers what came of it. */
export async function sync(sourceId: string) {
  const { runs } = await call<{ runs: { jobId: string }[] }>(202, 'POST', '/api/external/sync', {
    sourceId,
    mode: 'full',
  });
  return (await ended(runs[0]?.jobId ?? '')).result;
}

/** Runs an export and fetches its file by the link alone; the file is what the job says of it. */
export async function download(exportId: string): Promise<{ file: Buffer; rows: number; fileName: string }> {
  const { jobId } = await call<{ jobId: string }>(202, 'POST', `/api/exports/${exportId}/run`);
  const [artifact] = (await ended(jobId)).result.artifacts ?? [];
  const response = await fetch(artifact?.url ?? '');
  const file = Buffer.from(await response.arrayBuffer());
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('content-disposition')).toContain(artifact?.fileName);
  expect({ bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') }).toEqual({
    bytes: artifact?.bytes,
    sha256: artifact?.sha256,
  });
  return { file, rows: artifact?.rows ?? -1, fileName: artifact?.fileName ?? '' };
}

/** A test runner's own comparison takes a step a row; thousands of rows are compared in one. */
export function byKey(rows: readonly Record<string, unknown>[], key: readonly string[]): [string, unknown][] {
  const named = rows.map((row): [string, unknown] => [JSON.stringify(key.map((name) => row[name])), row]);
  return named.sort(([a], [b]) => (a < b ? -1 : 1));
}

export function pick(
  row: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}
