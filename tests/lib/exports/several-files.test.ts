import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, zstdDecompressSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { unzip } from '#tests/support/unzip.ts';
import { artifactsIn, fetchFile, layRunGround, type RunGround } from './run-ground.ts';

const columns: Column[] = [
  { name: 'number', type: 'integer' },
  { name: 'state', type: 'text' },
  { name: 'note', type: 'text' },
];
const states = ['AK', 'WY', 'a/b = ü%', null, ''];
const rows: CellText[][] = Array.from({ length: 40 }, (_, place) => [
  String(place),
  states[place % states.length] ?? null,
  `note ${place}`,
]);

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
  dataset = await ground.dataset(columns, rows);
});
afterAll(() => ground.close());

async function filesOf(definition: object): Promise<Map<string, Buffer>> {
  const { id } = await ground.define(dataset.name, definition);
  const { status, error, result } = await ground.runToEnd(id);
  expect({ status, error }).toEqual({ status: 'completed', error: null });
  const files = new Map<string, Buffer>();
  for (const artifact of artifactsIn(result)) {
    const bytes = await fetchFile(artifact);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(artifact.sha256);
    expect(bytes.length).toBe(artifact.bytes);
    files.set(artifact.fileName, bytes);
  }
  return files;
}

const numbers = (bytes: Buffer) =>
  bytes
    .toString()
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(',')[0]);

describe('rows split over files', () => {
  it('come in their order, each once, with a header in every file', async () => {
    const files = await filesOf({ split: { rows: 15 }, sort: [{ field: 'number' }] });
    expect([...files.keys()].map((name) => name.slice(-9))).toEqual(['-0001.csv', '-0002.csv', '-0003.csv']);
    const cut = [...files.values()].map(numbers);
    expect(cut.map((each) => each.length)).toEqual([15, 15, 10]);
    expect(cut.flat()).toEqual(rows.map(([number]) => number));
  });

  it('are files no larger than allowed', async () => {
    const long = await ground.dataset(
      [{ name: 'text', type: 'text' }],
      Array.from({ length: 60 }, (_, place) => [`${place}${'x'.repeat(50_000)}`]),
    );
    const { id } = await ground.define(long.name, { split: { bytes: 1_000_000 } });
    const artifacts = artifactsIn((await ground.runToEnd(id)).result);
    expect(artifacts.length).toBeGreaterThan(3);
    for (const { bytes } of artifacts) expect(bytes).toBeLessThanOrEqual(1_000_000);
    expect(artifacts.reduce((sum, { rows: count }) => sum + count, 0)).toBe(60);
  });
});

describe('an archive', () => {
  it('holds the file and a manifest that tells whether it is whole', async () => {
    const [[name, archive] = ['', Buffer.alloc(0)]] = await filesOf({ compression: 'zip' });
    expect(name).toMatch(/^uber-alaska-[\d-]+\.zip$/);
    const files = await unzip(archive);
    const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '');
    const [path = '', csv = Buffer.alloc(0)] = [...files][0] ?? [];
    expect(manifest).toMatchObject({
      rows: 40,
      dataset: dataset.name,
      entries: [
        { path, rows: 40, bytes: csv.length, sha256: createHash('sha256').update(csv).digest('hex') },
      ],
    });
    expect(numbers(csv)).toHaveLength(40);
  });

  it('is partitioned as DuckDB reads it back, whatever the values', async () => {
    const [archive = Buffer.alloc(0)] = (
      await filesOf({ compression: 'zip', partitionBy: ['state'], columns: [{ source: 'number' }] })
    ).values();
    const folder = await mkdtemp(join(tmpdir(), 'entrepot-parts-'));
    for (const [path, bytes] of await unzip(archive)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    const duck = await (await DuckDBInstance.create()).connect();
    const read = await duck.runAndReadAll(
      `select number, state from read_csv('${folder}/*/*.csv', hive_partitioning = true, hive_types_autocast = false) order by number`,
    );
    expect(read.getRowsJson()).toEqual(rows.map(([number, state]) => [number, state]));
    await rm(folder, { recursive: true });
  });
});

it.each([
  ['brotli', 'br', brotliDecompressSync],
  ['zstd', 'zst', zstdDecompressSync],
] as const)('%s wraps the file, and unpacks to it', async (compression, extension, unpack) => {
  const [[name, bytes] = ['', Buffer.alloc(0)]] = await filesOf({ compression });
  expect(name).toMatch(new RegExp(`\\.csv\\.${extension}$`));
  expect(numbers(unpack(bytes))).toHaveLength(40);
});

it('a partition makes objects of their own where there is no archive', async () => {
  const files = await filesOf({ partitionBy: ['state'] });
  expect([...files.keys()].map((name) => name.split('/')[0])).toEqual([
    'state=',
    'state=AK',
    'state=WY',
    'state=__HIVE_DEFAULT_PARTITION__',
    'state=a%2Fb%20%3D%20%C3%BC%25',
  ]);
});

it('a partition loses no row where values differ in case, in being empty, or in how a number is written', async () => {
  const columns: Column[] = [
    { name: 'n', type: 'integer' },
    { name: 'k', type: 'text' },
    { name: 'd', type: 'decimal' },
  ];
  const values: CellText[][] = [
    ['a', '1.5'],
    ['A', '1.50'],
    ['', '1.5'],
    [null, '1.500'],
  ];
  const alike = await ground.dataset(
    columns,
    values.map(([k = null, d = null], n) => [String(n), k, d]),
  );
  for (const partitionBy of [['k'], ['d'], ['k', 'd']]) {
    const { id } = await ground.define(alike.name, { compression: 'zip', partitionBy });
    const files = await unzip(await fetchFile(await ground.artifactOf(id)));
    files.delete('manifest.json');
    expect([...files.values()].flatMap(numbers).toSorted()).toEqual(['0', '1', '2', '3']);
    expect(new Set([...files.keys()].map((path) => path.toLowerCase())).size).toBe(files.size);
    const folders = new Set([...files.keys()].map((path) => path.slice(0, path.lastIndexOf('/'))));
    expect(folders.size).toBe(partitionBy.includes('k') ? 4 : 1);
  }
});

it('a partition by a text too long for a folder is refused with the way to mend it', async () => {
  const long = await ground.dataset(
    [
      { name: 'n', type: 'integer' },
      { name: 'k', type: 'text' },
    ],
    [['1', 'ü'.repeat(15_000)]],
  );
  const { id } = await ground.define(long.name, { compression: 'zip', partitionBy: ['k'] });
  const { status, error } = await ground.runToEnd(id);
  expect({ status, message: error?.message }).toEqual({
    status: 'failed',
    message: 'A value of “k” is too long to name a folder: partition by a column of shorter values.',
  });
});

it('the manifest of a part names the columns that its file has', async () => {
  await filesOf({ partitionBy: ['state'], columns: [{ source: 'number' }] });
  const [, manifest] = [...ground.s3.objects].findLast(([name]) => name.endsWith('.manifest.json')) ?? [];
  expect(JSON.parse(String(manifest)).columns).toMatchObject([{ header: 'number' }]);
});

it('a partition by more values than files may be leaves nothing', async () => {
  const many = await ground.dataset(
    [
      { name: 'n', type: 'integer' },
      { name: 'note', type: 'text' },
    ],
    Array.from({ length: 101 }, (_, place) => [String(place), null]),
  );
  const { id } = await ground.define(many.name, { partitionBy: ['n'] });
  ground.s3.objects.clear();
  const { status, error } = await ground.runToEnd(id);
  expect({ status, message: error?.message, left: ground.s3.objects.size }).toEqual({
    status: 'failed',
    left: 0,
    message: expect.stringContaining('more than 100 files: put them into a ZIP archive'),
  });
});
