import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { forgetAnswers } from '#lib/api/idempotency.ts';
import type { Handler } from '#lib/api/respond.ts';
import { route } from '#lib/api/route.ts';
import { createApiKey } from '#lib/auth/api-keys.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError, type ErrorCode } from '#lib/core/errors.ts';
import { closePools } from '#lib/db/pool.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { signUp } from '#tests/support/people.ts';

let database: TestDatabase;
let admin: pg.Client;
let owner: Session;
let key: string;

beforeAll(async () => {
  database = await createTestDatabase();
  useEnvironment(database);
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
  owner = await signUp(admin);
  key = await newKey(owner);
});
afterAll(async () => {
  await closePools();
  await admin.end();
  await database.drop();
});

async function newKey(session: Session): Promise<string> {
  return (await createApiKey(session, { name: 'calls', scope: 'write' })).key;
}

/** A route that counts how often its work is done; `work` sees the count. */
function counted(work: (done: number) => Promise<unknown> = async (done) => ({ secret: `made-${done}` })) {
  const counter = { done: 0 };
  const shape = { summary: 'Do it', body: z.looseObject({}), response: z.unknown(), status: 201 } as const;
  const handler = route(shape, () => work(++counter.done));
  return { counter, handler };
}

interface Sent {
  readonly repeatKey: string;
  readonly body?: unknown;
  readonly as?: string;
  readonly path?: string;
}

async function post(handler: Handler, { repeatKey, body = { name: 'a' }, as = key, path = '/things' }: Sent) {
  const request = new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${as}`,
      'content-type': 'application/json',
      'idempotency-key': repeatKey,
    },
    body: JSON.stringify(body),
  });
  const response = await handler(request, { params: Promise.resolve({}) });
  const text = await response.text();
  const json: unknown = text ? JSON.parse(text) : undefined;
  return { status: response.status, replayed: response.headers.get('idempotent-replayed'), json };
}

/** Makes every kept request look as if it had come that much earlier. */
const age = (interval: string) =>
  admin.query('update private.idempotent_requests set claimed_at = claimed_at - $1::interval', [interval]);

it('a repeat gets the first answer and does nothing', async () => {
  const { handler, counter } = counted();
  const first = await post(handler, { repeatKey: 'twice' });
  expect(first).toEqual({ status: 201, replayed: null, json: { secret: 'made-1' } });
  expect(await post(handler, { repeatKey: 'twice' })).toEqual({ ...first, replayed: 'true' });
  expect(counter.done).toBe(1);
});

it('an answer without a body is repeated without one', async () => {
  const { handler } = counted(async () => undefined);
  await post(handler, { repeatKey: 'nothing' });
  expect(await post(handler, { repeatKey: 'nothing' })).toEqual({
    status: 204,
    replayed: 'true',
    json: undefined,
  });
});

it('of calls at the same time one does the work, and the others are told to wait', async () => {
  const gate = Promise.withResolvers<void>();
  const { handler, counter } = counted(async (done) => {
    await gate.promise;
    return { done };
  });
  let refused = 0;
  const calls = Array.from({ length: 4 }, async () => {
    const answer = await post(handler, { repeatKey: 'at-once' });
    if (answer.status === 409 && ++refused === 3) gate.resolve();
    return answer;
  });
  const statuses = (await Promise.all(calls)).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, 409, 409, 409]);
  expect(counter.done).toBe(1);
});

it('another body under the same key is refused', async () => {
  const { handler, counter } = counted();
  await post(handler, { repeatKey: 'reused' });
  expect(await post(handler, { repeatKey: 'reused', body: { name: 'b' } })).toMatchObject({
    status: 422,
    json: { error: { code: 'invalid' } },
  });
  expect(counter.done).toBe(1);
});

it('the same key counts for one caller and one address alone', async () => {
  const { handler, counter } = counted();
  const stranger = await newKey(await signUp(admin));
  const colleague = await newKey(owner);
  for (const sent of [{}, { as: colleague }, { as: stranger }, { path: '/others' }]) {
    expect(await post(handler, { repeatKey: 'shared', ...sent })).toMatchObject({ replayed: null });
  }
  expect(counter.done).toBe(4);
});

it.each<[ErrorCode, number]>([
  ['conflict', 1],
  ['invalid', 1],
  ['too_many_requests', 2],
  ['unavailable', 2],
  ['internal', 2],
])('an answer of %s is a reason to work %i times', async (code, times) => {
  const { handler, counter } = counted(() => Promise.reject(new EntrepotError(code, 'No.')));
  const answers = [await post(handler, { repeatKey: code }), await post(handler, { repeatKey: code })];
  expect(answers.map(({ json }) => json)).toMatchObject([{ error: { code } }, { error: { code } }]);
  expect(counter.done).toBe(times);
});

it('what died is taken over after a minute, and its late answer counts no more', async () => {
  const gate = Promise.withResolvers<void>();
  const { handler, counter } = counted(async (done) => {
    if (done === 1) await gate.promise;
    return { done };
  });
  const dying = post(handler, { repeatKey: 'died' });
  await expect.poll(() => counter.done).toBe(1);
  await age('59 seconds');
  expect(await post(handler, { repeatKey: 'died' })).toMatchObject({ status: 409 });
  await age('2 seconds');
  expect(await post(handler, { repeatKey: 'died' })).toMatchObject({ status: 201, json: { done: 2 } });
  gate.resolve();
  await dying;
  expect(await post(handler, { repeatKey: 'died' })).toMatchObject({ replayed: 'true', json: { done: 2 } });
});

it('an answer is kept for a day, and then swept', async () => {
  const { handler, counter } = counted();
  await post(handler, { repeatKey: 'day' });
  await age('23 hours 59 minutes');
  expect(await post(handler, { repeatKey: 'day' })).toMatchObject({ replayed: 'true' });
  await age('2 minutes');
  expect(await post(handler, { repeatKey: 'day' })).toMatchObject({ replayed: null });
  expect(counter.done).toBe(2);
  await age('25 hours');
  expect(await forgetAnswers()).toBeGreaterThan(0);
  const { rows } = await admin.query('select from private.idempotent_requests');
  expect(rows).toEqual([]);
});

it('neither the key nor the answer is stored in clear', async () => {
  const { handler } = counted(async () => ({ apiKey: 'ent_very-secret' }));
  await post(handler, { repeatKey: 'my-order-4711' });
  const { rows } = await admin.query(
    `select encode(answer, 'escape') || encode(key_hash, 'escape') || coalesce(r::text, '') as stored
     from private.idempotent_requests r`,
  );
  expect(rows).toHaveLength(1);
  expect(rows[0].stored).not.toMatch(/very-secret|4711/);
});

it.each(['', 'x'.repeat(256)])('a key of the wrong length is refused', async (repeatKey) => {
  const { handler } = counted();
  expect(await post(handler, { repeatKey })).toMatchObject({ status: 400 });
});
