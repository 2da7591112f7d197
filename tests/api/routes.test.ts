import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#lib/auth/api-keys.ts';
import { closePools } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { type Client, clientOf } from '#tests/api/client.ts';
import {
  type Belongings,
  datasetNamed,
  exportOf,
  furnish,
  type Made,
  serveCsv,
  sourceInto,
} from '#tests/api/furnish.ts';
import { startApplication, type TestApplication } from '#tests/support/application.ts';
import { signUp } from '#tests/support/people.ts';
import { loadRoutes } from '#tests/support/routes.ts';

/** A call that works for an editor of the workspace that everything in it belongs to. */
interface Call {
  readonly path: string;
  readonly body?: unknown;
}

interface MemberRoute {
  readonly call: (of: Belongings) => Call;
  /** What it answers where what the call names is another workspace's; null where it names nothing. */
  readonly foreign: 404 | 422 | null;
}

const names = (path: (of: Belongings) => string, body?: unknown): MemberRoute => ({
  call: (of) => ({ path: path(of), body }),
  foreign: 404,
});
const namesNothing = (path: string, body?: unknown): MemberRoute => ({
  call: () => ({ path, body }),
  foreign: null,
});

const elsewhere = 'http://127.0.0.1:9/rows.csv';
let made = 0;

/** Every route for members, with those that destroy at the end. A route that is missing here fails the suite. */
const memberRoutes: Readonly<Record<string, MemberRoute>> = {
  'GET /api/connectors': namesNothing('/api/connectors'),
  'POST /api/connectors/[type]/check': namesNothing('/api/connectors/csv/check', {
    config: { url: elsewhere },
  }),
  'POST /api/connectors/[type]/preview': {
    call: ({ dataset }) => ({
      path: '/api/connectors/csv/preview',
      body: { config: { url: files.url }, dataset },
    }),
    foreign: 404,
  },
  'POST /api/connectors/[type]/map': {
    call: ({ dataset }) => ({
      path: '/api/connectors/csv/map',
      body: { stream: 'rows', dataset, rows: '[{ "sku": "a" }]' },
    }),
    foreign: 404,
  },
  'GET /api/connectors/sources': namesNothing('/api/connectors/sources'),
  'POST /api/connectors/sources': {
    call: ({ dataset }) => ({ path: '/api/connectors/sources', body: sourceInto(dataset, elsewhere) }),
    foreign: 422,
  },
  'GET /api/connectors/sources/[id]': names(({ sourceId }) => `/api/connectors/sources/${sourceId}`),
  'PATCH /api/connectors/sources/[id]': names(({ sourceId }) => `/api/connectors/sources/${sourceId}`, {
    displayName: 'Renamed',
  }),
  'POST /api/connectors/sources/[id]/check': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/check`,
    {},
  ),
  'POST /api/connectors/sources/[id]/preview': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/preview`,
    {},
  ),
  'GET /api/connectors/sources/[id]/runs': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/runs`,
  ),
  'GET /api/connectors/sources/[id]/runs/[runId]': names(
    ({ sourceId, runId }) => `/api/connectors/sources/${sourceId}/runs/${runId}`,
  ),
  'GET /api/connectors/sources/[id]/rejects': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}/rejects`,
  ),
  'POST /api/external/sync': {
    call: ({ sourceId }) => ({ path: '/api/external/sync', body: { sourceId } }),
    foreign: 404,
  },
  'GET /api/datasets': namesNothing('/api/datasets'),
  'POST /api/datasets': {
    call: () => ({ path: '/api/datasets', body: datasetNamed(`made_${++made}`) }),
    foreign: null,
  },
  'GET /api/datasets/[name]/rows': names(({ dataset }) => `/api/datasets/${dataset}/rows`),
  'GET /api/exports': namesNothing('/api/exports'),
  'POST /api/exports': {
    call: ({ dataset }) => ({ path: '/api/exports', body: exportOf(dataset) }),
    foreign: 422,
  },
  'POST /api/exports/preview': {
    call: ({ dataset }) => ({ path: '/api/exports/preview', body: exportOf(dataset) }),
    foreign: 422,
  },
  'GET /api/exports/[id]': names(({ exportId }) => `/api/exports/${exportId}`),
  'PATCH /api/exports/[id]': names(({ exportId }) => `/api/exports/${exportId}`, { name: 'Renamed' }),
  'GET /api/exports/[id]/history': names(({ exportId }) => `/api/exports/${exportId}/history`),
  'POST /api/exports/[id]/run': names(({ exportId }) => `/api/exports/${exportId}/run`),
  'GET /api/jobs': namesNothing('/api/jobs'),
  'GET /api/jobs/[id]': names(({ jobId }) => `/api/jobs/${jobId}`),
  'GET /api/jobs/[id]/events': names(({ jobId }) => `/api/jobs/${jobId}/events`),
  'POST /api/jobs/[id]/cancel': names(({ jobId }) => `/api/jobs/${jobId}/cancel`),
  'POST /api/jobs/[id]/retry': names(({ jobId }) => `/api/jobs/${jobId}/retry`),
  'POST /api/uploads': namesNothing('/api/uploads', { fileName: 'rows.csv', bytes: 3 }),
  'DELETE /api/exports/[id]': names(({ exportId }) => `/api/exports/${exportId}`),
  'DELETE /api/connectors/sources/[id]': names(
    ({ sourceId }) => `/api/connectors/sources/${sourceId}?rows=remove`,
  ),
};

const clockRoutes = ['GET /api/cron/sweep', 'GET /api/external/sync'];
/** A member's route too: what it does depends on who calls. */
const servesClockToo = 'POST /api/external/sync';
const otherRoutes = ['GET /api/health', 'GET /api/downloads/[artifactId]', 'POST /api/jobs/run'];

let application: TestApplication;
let files: Awaited<ReturnType<typeof serveCsv>>;
let ours: Client;
let viewer: Client;
let theirs: Client;
let nobody: Client;
let ownThings: Belongings;
let theirThings: Belongings;

beforeAll(async () => {
  application = await startApplication();
  const { url, admin } = application;
  const [us, them] = [await signUp(admin), await signUp(admin)];
  const keyOf = async (session: typeof us, scope: 'read' | 'write') =>
    clientOf(url, (await createApiKey(session, { name: scope, scope })).key);
  ours = await keyOf(us, 'write');
  viewer = await keyOf(us, 'read');
  theirs = await keyOf(them, 'write');
  nobody = clientOf(url);
  files = await serveCsv('code,title\n007,Seven\n');
  ownThings = await furnish(ours, 'our_rows', files.url);
  theirThings = await furnish(theirs, 'their_rows', files.url);
});
afterAll(async () => {
  files?.server.close();
  await closePools();
  await application?.close();
});

const members = Object.entries(memberRoutes).map(([route, { call, foreign }]) => ({
  route,
  method: route.split(' ')[0] as string,
  call,
  foreign,
}));

it('every route of the file system is held to what follows', async () => {
  const routes = (await loadRoutes()).map(({ method, path }) => `${method} ${path}`);
  const known = [...Object.keys(memberRoutes), ...clockRoutes, ...otherRoutes];
  expect(routes.filter((route) => !route.includes('[[')).sort()).toEqual(known.sort());
});

describe('a call that names something of another workspace', () => {
  it.each(members.filter(({ foreign }) => foreign !== null))(
    '$route finds nothing',
    async ({ method, call, foreign }) => {
      const { path, body } = call(theirThings);
      const answer = await ours(method, path, body);
      expect(answer, answer.text).toMatchObject({ status: foreign });
    },
  );

  it('is not needed to see that lists show nothing of theirs', async () => {
    const foreignIds = Object.values(theirThings);
    for (const { method, call } of members.filter((each) => each.foreign === null && each.method === 'GET')) {
      const { path } = call(ownThings);
      const { text } = await ours(method, path);
      for (const id of foreignIds) expect(text).not.toContain(id);
    }
  });
});

describe('inside a body or a query', () => {
  it("another workspace's upload is not there to be read", async () => {
    const { json } = await theirs('POST', '/api/uploads', { fileName: 'rows.csv', bytes: 3 });
    const body = { config: { upload: (json as Made).id } };
    for (const look of ['check', 'preview']) {
      expect((await ours('POST', `/api/connectors/csv/${look}`, body)).status).toBe(404);
    }
  });

  it("another workspace's run is no run of one's own source", async () => {
    const own = `/api/connectors/sources/${ownThings.sourceId}`;
    expect((await ours('GET', `${own}/runs/${theirThings.runId}`)).status).toBe(404);
    const rejects = await ours('GET', `${own}/rejects?runId=${theirThings.runId}`);
    expect(rejects.json).toEqual({ items: [], nextCursor: null });
  });
});

describe('a caller', () => {
  it.each(members)('without key or session is refused by $route', async ({ method, call }) => {
    const { path, body } = call(ownThings);
    expect((await nobody(method, path, body)).status).toBe(401);
  });

  it.each(members.filter(({ method }) => method !== 'GET'))(
    'who may only read is refused by $route',
    async ({ method, call }) => {
      const { path, body } = call(ownThings);
      const answer = await viewer(method, path, body);
      expect(answer).toMatchObject({ status: 403, json: { error: { code: 'forbidden' } } });
    },
  );

  it.each(clockRoutes)('without the cron secret is refused by %s', async (route) => {
    const [method, path] = route.split(' ') as [string, string];
    expect((await nobody(method, path)).status).toBe(401);
    expect((await ours(method, path)).status).toBe(401);
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
    const { path } = call(ownThings);
    const body = JSON.stringify({ name: 'x'.repeat(5_000_000) });
    expect((await ours(method, path, body)).status).toBe(413);
  },
);

it('a body of 5 MB is refused by the receiver of the queue', async () => {
  expect((await nobody('POST', '/api/jobs/run', 'x'.repeat(5_000_000))).status).toBe(413);
});

it("a job's events are not to be compressed, hence held back, on the way", async () => {
  const { headers, text } = await ours('GET', `/api/jobs/${ownThings.jobId}/events`);
  expect(headers.get('content-type')).toBe('text/event-stream');
  expect(headers.get('cache-control')).toBe('no-store, no-transform');
  expect(text).toContain('event: sync_completed');
});

it('an address that is none is answered as JSON', async () => {
  expect(await ours('GET', '/api/nothing/here')).toMatchObject({
    status: 404,
    json: { error: { code: 'not_found' } },
  });
});

// Last, for it destroys: and it shows that what was refused above was refused for its caller alone.
describe('an editor of the workspace', () => {
  it.each(members)('is served by $route', async ({ method, call }) => {
    const { path, body } = call(theirThings);
    const answer = await theirs(method, path, body);
    expect([200, 201, 202, 204, 409], answer.text).toContain(answer.status);
  });
});
