import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '#lib/auth/session.ts';
import type { CellText } from '#lib/core/columns.ts';
import { nextRevision } from '#lib/datasets/changes.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { closePools } from '#lib/db/pool.ts';
import { latestByKey, type Merged, merge } from '#lib/sync/merge.ts';
import type { MappedRow, Target } from '#lib/sync/target.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { look, newDataset, newOwner, newRun } from './arrange.ts';

const columns = [
  { name: 'sku', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'price', type: 'decimal' },
] as const;

let database: TestDatabase;
let session: Session;
let dataset: Dataset;
let runId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  useEnvironment(database);
  session = await newOwner(database);
  dataset = await newDataset(session, 'parts', columns, ['sku']);
  ({ runId } = await newRun(database, session));
});
afterAll(async () => {
  await closePools();
  await database.drop();
});

function newTarget(changes: Partial<Target> = {}): Target {
  return {
    workspaceId: session.workspaceId,
    sourceId: randomUUID(),
    stream: 'rows',
    sourceSystem: 'csv',
    datasetId: dataset.id,
    table: dataset.table,
    columns,
    ...changes,
  };
}

const morning = '2026-01-01T08:00:00.000Z';
const noon = '2026-01-01T12:00:00.000Z';

function row(sku: string, name: CellText, price: CellText = '1.50', version = morning): MappedRow {
  const values = [sku, name, price];
  const hash = createHash('md5').update(JSON.stringify(values)).digest('hex');
  return { externalId: sku, values, hash, version };
}

interface Pass {
  readonly target: Target;
  page(rows: readonly MappedRow[]): Promise<Merged>;
}

async function begin(target: Target, readAt: string | null = null): Promise<Pass> {
  const [now] = await look<{ revision: string }>(database, 'select revision from datasets where id = $1', [
    dataset.id,
  ]);
  return {
    target,
    page: (rows) =>
      asMember(session, async (tx) => {
        return merge(tx, target, rows, {
          runId,
          from: now?.revision ?? '',
          readAt,
          revision: await nextRevision(tx, dataset.id),
          policy: 'source_wins',
        });
      }),
  };
}

async function mergeOnce(target: Target, ...rows: MappedRow[]): Promise<Merged> {
  return (await begin(target)).page(rows);
}

interface Stored {
  external_id: string;
  name: string | null;
  price: string | null;
  deleted_at: Date | null;
  revision: string;
  created_revision: string;
  version: string;
}

function stored({ sourceId }: Target): Promise<Stored[]> {
  return look<Stored>(
    database,
    `select *, xmin::text || ctid::text as version from ${dataset.table.schema}.${dataset.table.name}
     where source_id = $1 order by external_id`,
    [sourceId],
  );
}

describe('merging a page', () => {
  it('inserts what is new and leaves what is there untouched, to its row version', async () => {
    const target = newTarget();
    expect(await mergeOnce(target, row('a', 'Anvil'), row('b', 'Bolt'))).toEqual({
      inserted: 2,
      updated: 0,
      unchanged: 0,
      superseded: 0,
    });
    const before = await stored(target);
    expect(await mergeOnce(target, row('a', 'Anvil'), row('b', 'Bolt'))).toMatchObject({ unchanged: 2 });
    expect(await stored(target)).toEqual(before);
  });

  it('writes only the rows whose hash differs, under the new revision', async () => {
    const target = newTarget();
    await mergeOnce(target, row('a', 'Anvil'), row('b', 'Bolt'));
    const [anvil, bolt] = await stored(target);
    expect(await mergeOnce(target, row('a', 'Anvil'), row('b', 'Bolt M8'), row('c', 'Cog'))).toMatchObject({
      inserted: 1,
      updated: 1,
      unchanged: 1,
    });
    const after = await stored(target);
    expect(after.map((each) => each.name)).toEqual(['Anvil', 'Bolt M8', 'Cog']);
    expect(after[0]).toEqual(anvil);
    expect(after[1]?.created_revision).toBe(bolt?.created_revision);
    expect(Number(after[1]?.revision)).toBeGreaterThan(Number(bolt?.revision));
    expect(after[2]?.revision).toBe(after[1]?.revision);
  });

  it('lets an equal version with another hash win, and never an older one', async () => {
    const target = newTarget();
    await mergeOnce(target, row('a', 'Anvil', '1', noon));
    expect(await mergeOnce(target, row('a', 'Anvil of the morning', '1', morning))).toMatchObject({
      unchanged: 1,
    });
    expect((await stored(target))[0]?.name).toBe('Anvil');
    expect(await mergeOnce(target, row('a', 'Anvil, corrected', '1', noon))).toMatchObject({ updated: 1 });
    expect((await stored(target))[0]?.name).toBe('Anvil, corrected');
  });

  it('leaves a row deleted that a replay of something older would bring back', async () => {
    const target = newTarget();
    await mergeOnce(target, row('a', 'Anvil'));
    await look(
      database,
      `update ${dataset.table.schema}.${dataset.table.name} set deleted_at = now(), source_version = now()
       where source_id = $1`,
      [target.sourceId],
    );
    expect(await mergeOnce(target, row('a', 'Anvil'))).toMatchObject({ unchanged: 1, updated: 0 });
    expect((await stored(target))[0]?.deleted_at).not.toBeNull();
  });

  it('brings a deleted row back, even with the content it had', async () => {
    const target = newTarget();
    await mergeOnce(target, row('a', 'Anvil'));
    await look(
      database,
      `update ${dataset.table.schema}.${dataset.table.name} set deleted_at = now() where source_id = $1`,
      [target.sourceId],
    );
    expect(await mergeOnce(target, row('a', 'Anvil'))).toMatchObject({ updated: 1 });
    expect((await stored(target))[0]?.deleted_at).toBeNull();
  });

  it('brings back what has vanished before the pass began, although the source has not changed it since', async () => {
    const target = newTarget();
    await mergeOnce(target, row('a', 'Anvil', '1', morning));
    await look(
      database,
      `update ${dataset.table.schema}.${dataset.table.name} set deleted_at = now(), source_version = $2
       where source_id = $1`,
      [target.sourceId, noon],
    );
    const earlier = await begin(target, '2026-01-01T11:00:00.000Z');
    expect(await earlier.page([row('a', 'Anvil', '1', morning)])).toMatchObject({ unchanged: 1 });
    const later = await begin(target, '2026-01-01T13:00:00.000Z');
    expect(await later.page([row('a', 'Anvil', '1', morning)])).toMatchObject({ updated: 1 });
    expect((await stored(target))[0]?.deleted_at).toBeNull();
  });

  it('takes the last of a key across pages of one pass, and counts the earlier one as superseded', async () => {
    const { target, page } = await begin(newTarget());
    expect(await page([row('a', 'first'), row('b', 'Bolt')])).toMatchObject({ inserted: 2 });
    expect(await page([row('a', 'second'), row('b', 'Bolt')])).toEqual({
      inserted: 0,
      updated: 0,
      unchanged: 0,
      superseded: 2,
    });
    expect((await stored(target)).map((each) => each.name)).toEqual(['second', 'Bolt']);
  });

  it('takes the last of a key within a page, by version and then by place', () => {
    const rows = [row('a', '1', '1', noon), row('b', '2'), row('a', '3', '1', morning), row('b', '4')];
    expect(latestByKey(rows).map((each) => each.values[1])).toEqual(['1', '4']);
  });

  it('keeps null, empty, control characters, backslash-N, quotes, emoji and unicode names as they are', async () => {
    const target = newTarget();
    const texts = [
      null,
      '',
      '\\N',
      '\\',
      'a\tb\nc\rd\u0001',
      `'";,`,
      '🧲 Ω ß 中文',
      '\\.',
      'NULL',
      ' padded ',
    ];
    await mergeOnce(target, ...texts.map((text, index) => row(`k${index}`, text)));
    expect((await stored(target)).map((each) => each.name)).toEqual(texts);
    expect(await mergeOnce(target, ...texts.map((text, index) => row(`k${index}`, text)))).toMatchObject({
      unchanged: texts.length,
    });
  });

  it('leaves columns that the mapping does not write as they are', async () => {
    const target = newTarget();
    await mergeOnce(target, row('a', 'Anvil', '9.99'));
    const narrow = { ...target, columns: columns.slice(0, 2) };
    const values = ['a', 'Anvil II'];
    const hash = createHash('md5').update(JSON.stringify(values)).digest('hex');
    await mergeOnce(narrow, { externalId: 'a', values, hash, version: noon });
    expect(await stored(target)).toMatchObject([{ name: 'Anvil II', price: '9.99' }]);
  });

  it('keeps the rows of two sources with the same keys apart', async () => {
    const [one, two] = [newTarget(), newTarget()];
    await mergeOnce(one, row('a', 'of one'));
    expect(await mergeOnce(two, row('a', 'of two'))).toMatchObject({ inserted: 1 });
    expect(await stored(one)).toMatchObject([{ name: 'of one' }]);
    expect(await stored(two)).toMatchObject([{ name: 'of two' }]);
  });

  it('is refused for a workspace that is not the acting one', async () => {
    const stranger = await newOwner(database);
    const target = newTarget({ workspaceId: stranger.workspaceId });
    await expect(mergeOnce(target, row('a', 'Anvil'))).rejects.toThrow('row-level security');
    expect(await stored(target)).toEqual([]);
  });
});

it('looks each key up by itself in a workspace of which the statistics know nothing', async () => {
  const many = Array.from({ length: 15_000 }, (_, index) => row(`k${index}`, 'many'));
  const vendors = (workspaceId: string, datasetId: string) =>
    newTarget({
      workspaceId,
      datasetId,
      table: { schema: 'public', name: 'vendors' },
      columns: [{ name: 'vendor_id', type: 'text' }],
    });
  const narrow = many.map((each) => ({ ...each, values: [each.externalId] }));
  const load = async (owner: Session, count = narrow.length) => {
    const builtin = await asMember(owner, (tx) => findDataset(tx, 'vendors'));
    const target = vendors(owner.workspaceId, builtin.id);
    const { runId } = await newRun(database, owner);
    const writing = { runId, from: '0', readAt: null, revision: '1', policy: 'source_wins' } as const;
    await asMember(owner, (tx) => merge(tx, target, narrow.slice(0, count), writing));
  };
  await load(session);
  await look(database, 'analyze public.vendors');
  const newcomer = await newOwner(database);
  await load(newcomer, 1_000);
  await closePools();
  const before = await readByRevision();
  await load(newcomer, 1_000);
  await closePools();
  expect((await readByRevision()) - before).toBeLessThan(100);
});

/** How many entries of the index over workspace and revision have been read; told once a connection has ended. */
async function readByRevision(): Promise<number> {
  const [index] = await look<{ read: string }>(
    database,
    `select idx_tup_read as read from pg_stat_user_indexes
     where relname = 'vendors' and indexrelname like '%revision%'`,
  );
  return Number(index?.read);
}
