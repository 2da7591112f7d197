import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { closePools } from '#lib/db/pool.ts';
import { parkedRows } from '#lib/sync/parked.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { look, newOwner, newRun } from './arrange.ts';

let database: TestDatabase;
let session: Session;
beforeAll(async () => {
  database = await createTestDatabase();
  useEnvironment(database);
  session = await newOwner(database);
});
afterAll(async () => {
  await closePools();
  await database.drop();
});

it.each([
  ['thousand small', 1_001, 10, 1_000],
  ['few large', 20, 900_000, 9],
  ['single one that is as large as all may be', 1, 9_000_000, 1],
])('a replay takes rows in batches that fit into memory: a %s', async (_, count, bytes, taken) => {
  const { sourceId, runId } = await newRun(database, session);
  const parked = await look<{ id: string }>(
    database,
    `insert into sync_rejects (workspace_id, source_id, run_id, stream, reason, payload, replayable, mapping_version)
     select $1, $2, $3, 'rows', 'no number', repeat('x', $4), true, 1 from generate_series(1, $5) returning id`,
    [session.workspaceId, sourceId, runId, bytes, count],
  );
  const replay = { sourceId, runId: randomUUID() };
  const first = await asMember(session, (tx) => parkedRows(tx, replay, 'rows'));
  expect(first.map(({ id }) => id)).toEqual(parked.slice(0, taken).map(({ id }) => id));
  const ids = first.map(({ id }) => id);
  await look(database, 'update sync_rejects set replay_run_id = $1 where id = any ($2)', [replay.runId, ids]);
  const next = await asMember(session, (tx) => parkedRows(tx, replay, 'rows'));
  expect(next.map(({ id }) => id)).toEqual(parked.slice(taken, 2 * taken).map(({ id }) => id));
});
