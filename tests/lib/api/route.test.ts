import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { idParams, listQuery } from '#lib/api/params.ts';
import type { Handler } from '#lib/api/respond.ts';
import { route } from '#lib/api/route.ts';
import { createApiKey } from '#lib/auth/api-keys.ts';
import type { Scope } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError, errorTable } from '#lib/core/errors.ts';
import { closePools } from '#lib/db/pool.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { signUp } from '#tests/support/people.ts';

let database: TestDatabase;
let owner: Session;
const keys = {} as Record<Scope, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  useEnvironment(database);
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  owner = await signUp(admin);
  await admin.end();
  for (const scope of ['read', 'write', 'admin'] as const) {
    keys[scope] = (await createApiKey(owner, { name: scope, scope })).key;
  }
});
afterAll(async () => {
  await closePools();
  await database.drop();
});

interface Sent extends RequestInit {
  readonly scope?: Scope;
  readonly path?: string;
  readonly params?: Record<string, string>;
}

/** Sends a request as JSON with a key of `scope`, `write` where absent. */
async function send(handler: Handler, { scope = 'write', path = '/', params = {}, ...init }: Sent = {}) {
  const headers = {
    authorization: `Bearer ${keys[scope]}`,
    'content-type': 'application/json',
    ...init.headers,
  };
  const request = new Request(`http://localhost${path}`, { ...init, headers });
  const response = await handler(request, { params: Promise.resolve(params) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text ? JSON.parse(text) : undefined };
}

/** What every route says of itself. */
const documented = { summary: 'Do it', response: z.unknown() };

const echo = route(
  { ...documented, body: z.strictObject({ name: z.string(), at: z.object({ zone: z.string() }) }) },
  ({ body }) => Promise.resolve(body),
);
const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  send(echo, { method: 'POST', body, headers });
const failing = (error: unknown) => route(documented, () => Promise.reject(error));

describe('what a route answers', () => {
  it.each([
    [201, { id: 1 }],
    [202, { jobId: 2 }],
  ] as const)('is the result as JSON with status %i', async (status, result) => {
    const answered = await send(route({ ...documented, status }, async () => result));
    expect(answered).toMatchObject({ status, json: result });
  });

  it('is 204 where there is no result', async () => {
    expect(await send(route(documented, async () => undefined))).toMatchObject({
      status: 204,
      json: undefined,
    });
  });

  it('is a response as it is, even one whose headers cannot be changed', async () => {
    const answered = await send(
      route(documented, async () => Response.redirect('http://localhost/elsewhere')),
    );
    expect(answered.status).toBe(302);
    expect(answered.headers.get('location')).toBe('http://localhost/elsewhere');
    expect(answered.headers.get('x-request-id')).toBeTruthy();
  });

  it('is not to be stored by anyone on the way', async () => {
    expect((await send(failing(null))).headers.get('cache-control')).toBe('no-store');
  });
});

describe('who may call', () => {
  const mutation = route(documented, async () => 'done');

  it('is told who calls, and in which workspace', async () => {
    const whoami = route(documented, ({ session }) => Promise.resolve(session));
    const { workspaceId, userId } = owner;
    expect((await send(whoami)).json).toMatchObject({ workspaceId, userId, role: 'editor' });
  });

  it.each<[string, Scope, number]>([
    ['GET', 'read', 200],
    ['HEAD', 'read', 200],
    ['POST', 'read', 403],
    ['PATCH', 'read', 403],
    ['DELETE', 'read', 403],
    ['POST', 'write', 200],
    ['POST', 'admin', 200],
  ])('%s with a key of scope %s is answered with %i', async (method, scope, status) => {
    expect((await send(mutation, { method, scope })).status).toBe(status);
  });

  it('nobody calls without a key or a session', async () => {
    const response = await mutation(new Request('http://localhost/'), { params: Promise.resolve({}) });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'unauthenticated' } });
  });
});

describe('a body', () => {
  it('arrives as the schema makes it', async () => {
    const body = { name: 'Zip codes', at: { zone: 'UTC' } };
    expect((await post(JSON.stringify(body))).json).toEqual(body);
  });

  it('names every wrong field by its dotted path', async () => {
    const answered = await post(JSON.stringify({ name: 1, at: {}, extra: true }));
    expect(answered.status).toBe(422);
    expect(answered.json.error.code).toBe('invalid');
    expect(Object.keys(answered.json.error.fields).sort()).toEqual(['at.zone', 'extra', 'name']);
  });

  it.each([
    ['a broken one', '{"name":'],
    ['one in Latin-1', Uint8Array.from(Buffer.from('{"name":"é"}', 'latin1'))],
  ])('that is not JSON is a bad request: %s', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400, json: { error: { code: 'bad_request' } } });
  });

  it.each([
    ['{"name":"a\\u0000","at":{"zone":"UTC"}}', 'name'],
    ['{"name":"a","at":{"zone":"\\ud800"}}', 'at.zone'],
    [`{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /^name(\.0)*$/],
  ])('that could not be stored is refused, naming the place: %.30s', async (body, place) => {
    const answered = await post(body);
    expect(answered.status).toBe(422);
    expect(Object.keys(answered.json.error.fields)).toEqual([expect.stringMatching(place)]);
  });

  it('of another content type is a bad request that says which to send', async () => {
    const answered = await post('name=1', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answered.status).toBe(400);
    expect(answered.json.error.message).toContain('application/json');
  });

  it('of 5 MB is refused before it is read to its end', async () => {
    let sent = 0;
    const chunk = new Uint8Array(100_000).fill(0x20);
    const body = new ReadableStream({
      pull(controller) {
        sent += chunk.byteLength;
        if (sent > 50_000_000) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const answered = await send(echo, { method: 'POST', body, duplex: 'half' } as Sent);
    expect(answered).toMatchObject({ status: 413, json: { error: { code: 'too_large' } } });
    expect(sent).toBeLessThan(5_000_000);
  });

  it('that says it has 5 MB is refused even where nobody would read it', async () => {
    const unread = route(documented, async () => 'done');
    const answered = await send(unread, { method: 'POST', headers: { 'content-length': '5000000' } });
    expect(answered.status).toBe(413);
  });

  it('that breaks off as its sender leaves is a bad request, and nothing of ours', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('{"name":'));
        controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      },
    });
    const left = await send(echo, { method: 'POST', body, duplex: 'half' } as Sent);
    expect(left).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringMatching(/broke off/) } },
    });
    const whole = JSON.stringify({ name: 'Zip codes', at: { zone: 'UTC' } });
    const cut = await post(whole, { 'content-length': String(whole.length + 1) });
    expect(cut).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringMatching(/broke off/) } },
    });
  });

  it('may be absent where nothing in it is needed', async () => {
    const optional = route(
      { ...documented, body: z.strictObject({ force: z.boolean().default(false) }) },
      async ({ body }) => body,
    );
    expect((await send(optional, { method: 'POST' })).json).toEqual({ force: false });
  });
});

describe('a path and a query', () => {
  const show = route({ ...documented, params: idParams, query: listQuery }, async ({ params, query }) => ({
    params,
    query,
  }));
  const id = '0a4ee5a6-45ff-4a3a-9e4d-6d7f3a1e3a11';

  it('are parsed', async () => {
    const answered = await send(show, { path: '/?limit=7&cursor=abc', params: { id } });
    expect(answered.json).toEqual({ params: { id }, query: { limit: 7, cursor: 'abc' } });
  });

  it('names nothing where the id could not be one', async () => {
    expect((await send(show, { params: { id: "1' or '1" } })).status).toBe(404);
  });

  it('names nothing where it holds a NUL', async () => {
    const named = route({ ...documented, params: z.object({ type: z.string() }) }, async () => 'done');
    expect((await send(named, { params: { type: '\0' } })).status).toBe(404);
    expect((await send(show, { path: '/?cursor=%00', params: { id } })).status).toBe(422);
  });

  it.each(['limit=0', 'limit=501', 'limit=x', 'cursor=', 'other=1'])('refuses ?%s', async (query) => {
    const answered = await send(show, { path: `/?${query}`, params: { id } });
    expect(answered.status).toBe(422);
    expect(Object.keys(answered.json.error.fields)).toEqual([query.split('=')[0]]);
  });
});

describe('an error', () => {
  it.each(Object.entries(errorTable))('%s has the status of the table', async (code, { status }) => {
    const error = new EntrepotError(code as keyof typeof errorTable, 'What to do.', { fields: { a: 'b' } });
    const answered = await send(failing(error));
    const requestId = answered.headers.get('x-request-id');
    expect(answered.status).toBe(status);
    expect(answered.json).toEqual({ error: { code, message: 'What to do.', requestId, fields: { a: 'b' } } });
  });

  it.each([new Error('password=hunter2'), 'hunter2', { hunter2: true }, undefined])(
    'that nobody foresaw (%j) keeps its text to itself',
    async (error) => {
      const answered = await send(failing(error));
      expect(answered).toMatchObject({ status: 500, json: { error: { code: 'internal' } } });
      expect(JSON.stringify(answered.json)).not.toContain('hunter2');
    },
  );

  it('says after how many seconds to come back, rounded up', async () => {
    const error = new EntrepotError('RATE_LIMITED', 'Wait.', { retryAfterMs: 1_200 });
    expect((await send(failing(error))).headers.get('retry-after')).toBe('2');
  });
});

describe('the id of a request', () => {
  const ok = route(documented, async () => 'done');
  const idOf = async (headers: Record<string, string>) =>
    (await send(ok, { headers })).headers.get('x-request-id') ?? '';

  it.each(['x-request-id', 'x-vercel-id'])('is the one given in %s', async (name) => {
    expect(await idOf({ [name]: 'fra1::abc-1700000000000' })).toBe('fra1::abc-1700000000000');
  });

  it('is our own where the given one could deceive a reader of the log', async () => {
    expect(await idOf({ 'x-request-id': 'a b"}' })).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idOf({ 'x-request-id': 'a'.repeat(129) })).toMatch(/^[0-9a-f-]{36}$/);
  });
});
