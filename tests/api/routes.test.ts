import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#lib/auth/api-keys.ts';
import { closePools } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { type Client, clientOf } from '#tests/api/client.ts';
import { type Belongings, furnish, serveCsv } from '#tests/api/furnish.ts';
import { memberRoutes, members } from '#tests/api/member-routes.ts';
import { startApplication, type TestApplication } from '#tests/support/application.ts';
import { signUp } from '#tests/support/people.ts';
import { loadRoutes } from '#tests/support/routes.ts';

const clockRoutes = ['GET /api/cron/sweep', 'GET /api/external/sync'];
/** A member's route too: what it does depends on who calls. */
const servesClockToo = 'POST /api/external/sync';
const otherRoutes = [
  'GET /api/health',
  'GET /api/openapi',
  'GET /api/downloads/[artifactId]',
  'POST /api/jobs/run',
  'POST /api/webhooks/[token]',
];

let application: TestApplication;
let files: Awaited<ReturnType<typeof serveCsv>>;
let editor: Client;
let nobody: Client;
let things: Belongings;

beforeAll(async () => {
  application = await startApplication();
  const { url, admin } = application;
  const { key } = await createApiKey(await signUp(admin), { name: 'Writer', scope: 'write' });
  editor = clientOf(url, key);
  nobody = clientOf(url);
  files = await serveCsv('code,title\n007,Seven\n');
  things = await furnish(editor, 'our_rows', files.url);
});
afterAll(async () => {
  files?.server.close();
  await closePools();
  await application?.close();
});

it('every route of the file system is held to what follows', async () => {
  const routes = (await loadRoutes()).map(({ method, path }) => `${method} ${path}`);
  const known = [...Object.keys(memberRoutes), ...clockRoutes, ...otherRoutes];
  expect(routes.filter((route) => !route.includes('[[')).sort()).toEqual(known.sort());
});

describe('a caller', () => {
  it.each(members)('without key or session is refused by $route', async ({ method, call }) => {
    const { path, body } = call(things, files.url);
    expect((await nobody(method, path, body)).status).toBe(401);
  });

  it.each(clockRoutes)('without the cron secret is refused by %s', async (route) => {
    const [method, path] = route.split(' ') as [string, string];
    expect((await nobody(method, path)).status).toBe(401);
    expect((await editor(method, path)).status).toBe(401);
  });

  it.each([...clockRoutes, servesClockToo])('with the cron secret is served by %s', async (route) => {
    const [method, path] = route.split(' ') as [string, string];
    const authorization = `Bearer ${env().CRON_SECRET}`;
    const answer = await nobody(method, path, undefined, { authorization });
    expect([200, 202], answer.text).toContain(answer.status);
  });
});

it.each(members.filter(({ method }) => method !== 'GET'))(
  'a body of 5 MB is refused by $route',
  async ({ method, call }) => {
    const { path } = call(things, files.url);
    const body = JSON.stringify({ name: 'x'.repeat(5_000_000) });
    expect((await editor(method, path, body)).status).toBe(413);
  },
);

it('a body of 5 MB is refused by the receiver of the queue', async () => {
  expect((await nobody('POST', '/api/jobs/run', 'x'.repeat(5_000_000))).status).toBe(413);
});

it("a job's events are not to be compressed, hence held back, on the way", async () => {
  const { headers, text } = await editor('GET', `/api/jobs/${things.jobId}/events`);
  expect(headers.get('content-type')).toBe('text/event-stream');
  expect(headers.get('cache-control')).toBe('no-store, no-transform');
  expect(text).toContain('event: sync_completed');
});

it('an address that is none is answered as JSON', async () => {
  expect(await editor('GET', '/api/nothing/here')).toMatchObject({
    status: 404,
    json: { error: { code: 'not_found' } },
  });
});

// Last, for it destroys: and it shows that what was refused above was refused for its caller alone.
describe('an editor of the workspace', () => {
  it.each(members)('is served by $route', async ({ method, call }) => {
    const { path, body } = call(things, files.url);
    const answer = await editor(method, path, body);
    expect([200, 201, 202, 204, 409], answer.text).toContain(answer.status);
  });
});
