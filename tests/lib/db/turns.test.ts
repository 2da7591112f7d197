import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, asMember } from '#lib/db/as-member.ts';
import { closePools } from '#lib/db/pool.ts';
import { turns } from '#lib/db/turns.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  setEnvironment(database);
});
afterAll(async () => {
  await closePools();
  await database.drop();
});

it('so many pieces of work run at once, the others in the order in which they came, also after one that fails', async () => {
  const inTurn = turns(() => 2);
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const begun: number[] = [];
  const work = gates.map((gate, index) =>
    inTurn(async () => {
      begun.push(index);
      await gate.promise;
    }),
  );
  expect(begun).toEqual([0, 1]);
  gates[1]?.reject(new Error('failed'));
  await expect(work[1]).rejects.toThrow('failed');
  expect(begun).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  await Promise.allSettled(work);
  expect(begun).toEqual([0, 1, 2, 3, 4]);
});

it('however many jobs hold a transaction, a person finds a connection', async () => {
  const gate = Promise.withResolvers<void>();
  const act = (kind: Actor['kind'], work: () => Promise<unknown>) =>
    asMember({ workspaceId: randomUUID(), actor: { kind, id: randomUUID() } }, async ({ db }) => {
      await sql`select 1`.execute(db);
      return work();
    });
  const jobs = Array.from({ length: 10 }, () => act('job', () => gate.promise));
  await expect(act('user', async () => 'answered')).resolves.toBe('answered');
  gate.resolve();
  await Promise.all(jobs);
});
