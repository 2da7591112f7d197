import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Session } from '#lib/auth/session.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { closePools } from '#lib/db/pool.ts';
import { merge } from '#lib/sync/merge.ts';
import { mergeSparing } from '#lib/sync/sparing.ts';
import type { MappedRow, Target } from '#lib/sync/target.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';
import { type Pooler, startPgbouncer } from '#tests/support/pgbouncer.ts';
import { look, newDataset, newOwner, newRun } from './arrange.ts';

const columns = [
  { name: 'sku', type: 'text' },
  { name: 'price', type: 'decimal' },
] as const;

let database: TestDatabase;
let pooler: Pooler;
let session: Session;
let dataset: Dataset;

beforeAll(async () => {
  database = await createTestDatabase();
  pooler = await startPgbouncer(database);
  setEnvironment({ ...database, ...pooler });
  session = await newOwner(database);
  dataset = await newDataset(session, 'parts', columns, ['sku']);
});
afterAll(async () => {
  await closePools();
  await pooler.close();
  await database.drop();
});

function newTarget(): Target {
  const { workspaceId } = session;
  const { id: datasetId, table } = dataset;
  return {
    workspaceId,
    sourceId: randomUUID(),
    stream: 'rows',
    sourceSystem: 'csv',
    datasetId,
    table,
    columns,
  };
}

function row(index: number, price: string): MappedRow {
  const externalId = `k${index}`;
  return { externalId, values: [externalId, price], hash: randomUUID(), version: '2026-01-01T00:00:00Z' };
}

/** Behind a pooler in transaction mode, where a COPY that fails must not spoil the connection for the next. */
it('a value that its column does not take fails the page, and a sparing merge sets aside that row alone', async () => {
  const rows = Array.from({ length: 300 }, (_, index) => row(index, index % 100 === 50 ? 'cheap' : '1.5'));
  for (const _ of [1, 2, 3, 4, 5]) {
    const target = newTarget();
    const { runId } = await newRun(database, session);
    const writing = await asMember(session, async (tx) => {
      const taken = await sql<{ now: string }>`select private.next_revision(${dataset.id}) as now`.execute(
        tx.db,
      );
      const revision = taken.rows[0]?.now ?? '';
      return { runId, from: revision, readAt: null, revision, policy: 'source_wins' } as const;
    });
    await expect(asMember(session, (tx) => merge(tx, target, rows, writing))).rejects.toMatchObject({
      code: '22P02',
    });
    const { merged, refused } = await asMember(session, (tx) => mergeSparing(tx, target, rows, writing));
    expect(merged).toEqual({ inserted: 297, updated: 0, unchanged: 0, superseded: 0 });
    expect(refused.map((each) => each.row.externalId)).toEqual(['k50', 'k150', 'k250']);
    const count = `select count(*)::int as rows from data.${dataset.table.name} where source_id = $1`;
    expect(await look(database, count, [target.sourceId])).toEqual([{ rows: 297 }]);
  }
});
