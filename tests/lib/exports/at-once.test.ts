import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import ExcelJs from 'exceljs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportDefinition } from '#lib/exports/definition.ts';
import { createExport } from '#lib/exports/exports.ts';
import { runExport } from '#lib/exports/runs.ts';
import { startSync } from '#lib/sync/start.ts';
import { type Ground, look, newParts, type PartsSource, prepareGround } from '#tests/lib/sync/arrange.ts';
import { unzip } from '#tests/support/unzip.ts';
import { artifactsIn, fetchFile } from './run-ground.ts';

const ROWS = 20_000;
/** A page of a sync holds whole blocks: what it writes leaves the sum of the prices as it was. */
const BLOCK = 500;
const SUM = (ROWS / BLOCK) * ((BLOCK * (BLOCK - 1)) / 2);

let ground: Ground;
let source: PartsSource;
let duck: DuckDBConnection;
let folder: string;
beforeAll(async () => {
  ground = await prepareGround();
  source = await (await newParts(ground, 'sku', 'price')).newSource(partsOf(0));
  await source.counts();
  duck = await (await DuckDBInstance.create()).connect();
  folder = await mkdtemp(join(tmpdir(), 'entrepot-at-once-'));
});
afterAll(async () => {
  duck.closeSync();
  await rm(folder, { recursive: true });
  await ground.close();
});

/** Every price is another in each pass, though the same ones are within each block. */
function partsOf(pass: number): string {
  const lines = Array.from({ length: ROWS }, (_, row) => `s${row},${((row % BLOCK) + pass) % BLOCK}\n`);
  return `sku,price\n${lines.join('')}`;
}

interface Counted {
  readonly rows: number;
  readonly sum: number;
}

async function counted(file: Buffer, reader: string): Promise<Counted> {
  const path = join(folder, 'file');
  await writeFile(path, file);
  const read = await duck.runAndReadAll(
    `select count(*)::int as rows, sum(price::double)::int as sum from ${reader.replace('$', `'${path}'`)}`,
  );
  return read.getRowObjectsJson()[0] as unknown as Counted;
}

async function countedInWorkbook(file: Buffer): Promise<Counted> {
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(file as never);
  const prices = (book.worksheets[0]?.getColumn(2).values.slice(2) ?? []) as number[];
  return { rows: prices.length, sum: prices.reduce((sum, price) => sum + price, 0) };
}

const exports: [definition: object, count: (file: Buffer) => Promise<Counted>][] = [
  [{ format: { type: 'csv' } }, (file) => counted(file, 'read_csv($)')],
  [{ format: { type: 'csv', options: { lineEnd: 'crlf' } } }, (file) => counted(file, 'read_csv($)')],
  [{ format: { type: 'csv' }, compression: 'gzip' }, (file) => counted(gunzipSync(file), 'read_csv($)')],
  [{ format: { type: 'ndjson' } }, (file) => counted(file, "read_json($, format = 'newline_delimited')")],
  [
    { format: { type: 'json' } },
    (file) => counted(Buffer.from(JSON.stringify(JSON.parse(file.toString()).data)), 'read_json($)'),
  ],
  [{ format: { type: 'parquet' } }, (file) => counted(file, 'read_parquet($)')],
  [{ format: { type: 'xlsx' } }, countedInWorkbook],
  [
    { format: { type: 'csv' }, compression: 'zip' },
    async (file) => counted([...(await unzip(file)).values()][0] ?? Buffer.alloc(0), 'read_csv($)'),
  ],
  [
    { format: { type: 'csv' }, aggregates: [{ function: 'sum', field: 'price', header: 'price' }] },
    async (file) => ({ ...(await counted(file, 'read_csv($)')), rows: ROWS }),
  ],
  [{ mode: 'diff', format: { type: 'parquet' } }, (file) => counted(file, 'read_parquet($)')],
];

/** How many of the jobs were at work at some moment together with another. */
async function countOverlapping(jobs: readonly string[], other: string): Promise<number> {
  const [found] = await look<{ count: number }>(
    ground.database,
    `select count(*)::int as count from jobs one, jobs other
     where one.id = any ($1::uuid[]) and other.id = $2
       and one.started_at <= other.completed_at and other.started_at <= one.completed_at`,
    [jobs, other],
  );
  return found?.count ?? 0;
}

it('ten exports at once while a sync writes the same table are ten snapshots, whose sums tie out', async () => {
  const ids: string[] = [];
  for (const [place, [definition]] of exports.entries()) {
    const full = exportDefinition.parse({ name: `Export ${place}`, dataset: 'parts', ...definition });
    ids.push((await createExport(ground.session, full)).id);
  }
  source.serve(partsOf(1));
  ground.queue.faults.holdDeliveries = true;
  const { runs } = await startSync(ground.session, { sourceId: source.id, mode: 'full' });
  const jobs: string[] = [];
  for (const id of ids) jobs.push((await runExport(ground.session, id)).jobId);
  ground.queue.faults.holdDeliveries = false;

  for (const [place, jobId] of jobs.entries()) {
    const job = await ground.jobDone(jobId);
    expect(job).toMatchObject({ status: 'completed', error: null });
    const [artifact] = artifactsIn(job.result);
    if (!artifact) throw new Error(`export ${place} made no file`);
    const found = await exports[place]?.[1](await fetchFile(artifact));
    expect({ place, ...found }).toEqual({ place, rows: ROWS, sum: SUM });
  }
  const syncing = runs[0]?.jobId ?? '';
  expect(await ground.jobDone(syncing)).toMatchObject({
    status: 'completed',
    result: { updated: ROWS },
  });
  expect(await countOverlapping(jobs, syncing)).toBeGreaterThan(0);
});
