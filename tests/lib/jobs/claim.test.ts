import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { asMember } from '#lib/db/as-member.ts';
import { closePools } from '#lib/db/pool.ts';
import { claim } from '#lib/jobs/claim.ts';
import { defineJob } from '#lib/jobs/contract.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { SLOTS } from '#lib/jobs/slots.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';
import { signUp } from '#tests/support/people.ts';

/** Claims at the same moment, as of several processes. */
const AT_ONCE = 10;

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  // A quarter of the connections is the service's.
  setEnvironment(database, { DATABASE_POOL_SIZE: String(4 * AT_ONCE) });
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
});
afterAll(async () => {
  await closePools();
  await admin.end();
  await database.drop();
});

const idle = defineJob({
  kind: 'idle',
  payloadVersion: 1,
  payload: z.object({}),
  slice: async () => ({ outcome: 'done', result: null }),
});

it('of claims at the same moment a workspace is given as many as it has slots, the others wait', async () => {
  const session = await signUp(admin);
  const jobs = await asMember(session, async (tx) => {
    const ids: string[] = [];
    for (let n = 0; n < AT_ONCE; n += 1) ids.push(await enqueue(tx, session, idle, {}));
    return ids;
  });
  const claimed = await Promise.all(
    jobs.map((jobId) => claim({ jobId, seq: 0, messageId: randomUUID(), retried: 0 }, 60_000)),
  );
  const outcomes = claimed.map(({ outcome }) => outcome).sort();
  expect(outcomes).toEqual([...Array(SLOTS).fill('claimed'), ...Array(AT_ONCE - SLOTS).fill('full')]);
});
