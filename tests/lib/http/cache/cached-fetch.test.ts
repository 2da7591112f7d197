import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundRequest } from '#connectors/contract.ts';
import { closePools } from '#lib/db/pool.ts';
import { type CacheUse, cachedFetch } from '#lib/http/cache/cached-fetch.ts';
import { newMeter } from '#lib/http/meter.ts';
import { client, errorOf, text } from '#tests/lib/http/calls.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { signUp } from '#tests/support/people.ts';
import { serve } from '#tests/support/servers.ts';

let database: TestDatabase;
let admin: pg.Client;
let workspaceId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  useEnvironment(database);
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
});
beforeEach(async () => {
  workspaceId = (await signUp(admin)).workspaceId;
});
afterAll(async () => {
  await admin.end();
  await closePools();
  await database.drop();
});

type Reply = [status: number, headers?: OutgoingHttpHeaders, body?: string | Buffer];

/** Answers with each reply in turn, the last one for ever. */
async function vendor(...replies: Reply[]) {
  const seen: IncomingMessage[] = [];
  const server = await serve((request, response) => {
    seen.push(request);
    const [status, headers = {}, body = `answer ${seen.length}`] =
      replies[Math.min(seen.length, replies.length) - 1] ?? ([200] as Reply);
    response.writeHead(status, headers).end(body);
  });
  return { ...server, seen };
}

const HOUR: CacheUse = { ttlSeconds: 3_600 };

/** A client behind the cache, and what it reads. */
function reader(use: CacheUse = HOUR, scope = {}) {
  const meter = newMeter();
  const { fetch } = client({ meter });
  const cached = cachedFetch(fetch, { scope: { workspaceId, sourceType: 'csv', ...scope }, use, meter });
  const read = async (request: OutboundRequest | string) =>
    text((await cached(typeof request === 'string' ? { url: request } : request)).body);
  return { fetch: cached, read, meter };
}

/** Makes all that is kept older. */
function age(interval: string) {
  return admin.query('update private.response_cache set stored_at = stored_at - $1::interval', [interval]);
}

async function keys(): Promise<string[]> {
  const { rows } = await admin.query('select cache_key from private.response_cache where workspace_id = $1', [
    workspaceId,
  ]);
  return rows.map((row) => row.cache_key);
}

describe('an answer', () => {
  it('is given again without a call while it is young enough, with its age', async () => {
    const { url, seen } = await vendor([200, { 'content-type': 'text/csv', link: '<x>; rel="next"' }]);
    expect(await reader().read(url)).toBe('answer 1');
    await age('50 minutes');
    const again = reader();
    const response = await again.fetch({ url });
    expect(await text(response.body)).toBe('answer 1');
    expect(response).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/csv', link: '<x>; rel="next"' },
    });
    expect(again.meter).toMatchObject({ calls: 0, cacheHits: 1 });
    const minutes = (Date.now() - Date.parse(again.meter.cachedAt ?? '')) / 60_000;
    expect(minutes).toBeGreaterThan(49);
    expect(minutes).toBeLessThan(52);
    expect(seen).toHaveLength(1);
    expect(await keys()).toEqual([expect.stringMatching(`^connector:csv:${workspaceId}:GET:[\\w-]{43}$`)]);
  });

  it('comes back byte by byte, whatever it holds', async () => {
    const bytes = randomBytes(100_000);
    const { url } = await vendor([200, {}, bytes]);
    await reader().read(url);
    const again = await Array.fromAsync((await reader().fetch({ url })).body);
    expect(Buffer.concat(again).equals(bytes)).toBe(true);
  });

  it('that is too old for whoever asks is asked for anew', async () => {
    const { url } = await vendor([200]);
    await reader().read(url);
    await age('10 seconds');
    expect(await reader({ ttlSeconds: 5 }).read(url)).toBe('answer 2');
    expect(await reader().read(url)).toBe('answer 2');
  });

  it('is found by nobody who asks otherwise', async () => {
    const { url } = await vendor([200]);
    const request = { url, headers: { authorization: 'Bearer one' } };
    await reader().read(request);
    const other = (await signUp(admin)).workspaceId;
    expect(await reader(HOUR, { workspaceId: other }).read(request)).toBe('answer 2');
    expect(await reader(HOUR, { sourceType: 'json' }).read(request)).toBe('answer 3');
    expect(await reader().read({ url, headers: { authorization: 'Bearer two' } })).toBe('answer 4');
    expect(await reader().read(`${url}/?page=2`)).toBe('answer 5');
    expect(await reader().read({ url, headers: { Authorization: 'Bearer one' } })).toBe('answer 1');
  });

  it('is kept without what was asked: neither key nor entry holds a credential', async () => {
    const { url } = await vendor([200]);
    await reader().read({ url: `${url}/?key=hunter2`, headers: { authorization: 'Bearer hunter2' } });
    const { rows } = await admin.query(
      'select cache_key, body from private.response_cache where workspace_id = $1',
      [workspaceId],
    );
    const kept = `${rows[0].cache_key} ${gunzipSync(rows[0].body)}`;
    expect(kept).toContain('answer 1');
    expect(kept).not.toMatch(/hunter2|Bearer|127\.0\.0\.1/);
  });

  it('is asked for anew by force, and kept again', async () => {
    const { url } = await vendor([200, { etag: '"1"' }]);
    await reader().read(url);
    const forced = reader({ ...HOUR, force: true });
    expect(await forced.read(url)).toBe('answer 2');
    expect(forced.meter).toMatchObject({ calls: 1, cacheHits: 0, cachedAt: null });
    expect(await reader().read(url)).toBe('answer 2');
  });

  const notKept: [string, Reply, Partial<OutboundRequest>][] = [
    ['to a POST', [200], { method: 'POST', body: '{}' }],
    ['to a condition of the caller’s own', [200], { headers: { 'If-None-Match': '"x"' } }],
    ['to a range', [200], { headers: { Range: 'bytes=0-9' } }],
    ['that sets a cookie', [200, { 'set-cookie': 'session=1' }], {}],
    ['that is not to be stored', [200, { 'cache-control': 'private, no-store' }], {}],
    ['that varies with everything', [200, { vary: '*' }], {}],
    ['of another status', [203], {}],
    ['of more than it takes', [200, {}, randomBytes(4_000_001)], {}],
    ['that does not compress to what it takes', [200, {}, randomBytes(800_000)], {}],
  ];
  it.each(notKept)('%s is not kept', async (_, reply, request) => {
    const { url, seen } = await vendor(reply);
    for (let n = 0; n < 2; n += 1)
      expect((await reader().read({ url, ...request })).length).toBeGreaterThan(0);
    expect({ calls: seen.length, keys: await keys() }).toEqual({ calls: 2, keys: [] });
  });

  it('that is refused is thrown, and not kept', async () => {
    const { url } = await vendor([404], [200]);
    expect((await errorOf(reader().read(url))).code).toBe('REQUEST_REFUSED');
    expect(await reader().read(url)).toBe('answer 2');
  });
});

describe('an answer that is not read to its end', () => {
  async function readFirst(url: string): Promise<void> {
    for await (const _chunk of (await reader().fetch({ url })).body) return;
  }

  it('is kept where it is short, for then it was read at once', async () => {
    const { url, seen } = await vendor([200, { 'content-length': '8' }]);
    await readFirst(url);
    expect(await reader().read(url)).toBe('answer 1');
    expect(seen).toHaveLength(1);
  });

  it('is not kept where nobody knows how long it is', async () => {
    let closed = false;
    const { url } = await serve((_, response) => {
      response.on('close', () => {
        closed = true;
      });
      const write = () =>
        void (response.write('x'.repeat(1_000)) ? setImmediate(write) : response.once('drain', write));
      write();
    });
    await readFirst(url);
    await expect.poll(() => closed).toBe(true);
    expect(await keys()).toEqual([]);
  });

  it('is not kept where it breaks off', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await errorOf(reader().read(url))).code).toBe('NETWORK_ERROR');
    expect(await keys()).toEqual([]);
  });

  it('is handed on and not kept where a short body decodes to a long one', async () => {
    const long = Buffer.alloc(6_000_000, 'x');
    const { url } = await vendor([
      200,
      { 'content-encoding': 'gzip', 'content-length': gzipSync(long).length },
      gzipSync(long),
    ]);
    expect((await reader().read(url)).length).toBe(long.length);
    expect(await keys()).toEqual([]);
  });
});

describe('an answer past its time', () => {
  it.each([
    [{ etag: '"v1"' }, { 'if-none-match': '"v1"' }],
    [
      { 'last-modified': 'Sun, 01 Mar 2026 12:00:00 GMT' },
      { 'if-modified-since': 'Sun, 01 Mar 2026 12:00:00 GMT' },
    ],
  ])('is given again where its server says that it holds: %j', async (headers, condition) => {
    const { url, seen } = await vendor([200, headers, 'the body'], [304, headers, '']);
    await reader().read(url);
    await age('2 hours');
    const again = reader();
    expect(await again.read(url)).toBe('the body');
    expect(seen[1]?.headers).toMatchObject(condition);
    expect(again.meter).toMatchObject({ calls: 1, wasted: 0, cacheHits: 0, cachedAt: null });
    expect(await reader().read(url)).toBe('the body');
    expect(seen).toHaveLength(2);
  });

  it('is replaced where its server has another', async () => {
    const { url } = await vendor([200, { etag: '"v1"' }], [200, { etag: '"v2"' }]);
    await reader().read(url);
    await age('2 hours');
    expect(await reader().read(url)).toBe('answer 2');
    expect(await reader().read(url)).toBe('answer 2');
  });
});

describe('a pass', () => {
  const passId = randomUUID();
  const tally = { unkept: 0 };
  const record: CacheUse = { ttlSeconds: 3_600, pass: 'record', passId, tally };
  const replay: CacheUse = { ttlSeconds: 3_600, pass: 'replay', passId };

  it('is read again from what was recorded of it, without a call', async () => {
    const { url, seen } = await vendor([200]);
    await reader().read(`${url}/1`);
    for (const page of ['1', '2', '3']) await reader(record).read(`${url}/${page}`);
    const again = reader(replay);
    expect(await again.read(`${url}/1`)).toBe('answer 2');
    expect(await again.read(`${url}/3`)).toBe('answer 4');
    expect(again.meter).toMatchObject({ calls: 0, cacheHits: 2 });
    expect(await reader().read(`${url}/1`)).toBe('answer 1');
    expect(seen).toHaveLength(4);
  });

  it('counts the requests whose answers are not kept: what is too large, refused or no plain read', async () => {
    const { url } = await vendor([200], [200, {}, randomBytes(4_100_000)], [404], [200]);
    const { read } = reader(record);
    await read(url);
    expect(tally.unkept).toBe(0);
    await read(url);
    expect(tally.unkept).toBe(1);
    await errorOf(read(url));
    expect(tally.unkept).toBe(2);
    await read({ url, method: 'POST' });
    expect(tally.unkept).toBe(3);
    await read(url);
    expect(tally.unkept).toBe(3);
  });

  it('that has not all of it is an error, and never a call', async () => {
    const { url, seen } = await vendor([200]);
    await reader(record).read(url);
    await reader().read(`${url}/2`);
    const stranger: CacheUse = { ttlSeconds: 3_600, pass: 'replay', passId: randomUUID() };
    const missing: [CacheUse, OutboundRequest][] = [
      [replay, { url: `${url}/2` }],
      [replay, { url, method: 'POST' }],
      [stranger, { url }],
      [{ ...replay, ttlSeconds: 0 }, { url }],
    ];
    for (const [use, request] of missing) {
      expect((await errorOf(reader(use).read(request))).code).toBe('not_cached');
    }
    expect(seen).toHaveLength(2);
  });
});

it('without a cache that answers, calls are made as ever', async () => {
  await admin.query('alter table private.response_cache rename to elsewhere');
  const { url, seen } = await vendor([200]);
  expect(await reader().read(url)).toBe('answer 1');
  expect(await reader().read(url)).toBe('answer 2');
  expect(seen).toHaveLength(2);
  await admin.query('alter table private.elsewhere rename to response_cache');
});
