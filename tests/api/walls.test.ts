import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenApiDocument } from '#lib/api/openapi/document.ts';
import { createApiKey } from '#lib/auth/api-keys.ts';
import { cookieJar } from '#lib/auth/cookies.ts';
import type { Session } from '#lib/auth/session.ts';
import { authClient } from '#lib/auth/supabase.ts';
import { WORKSPACE_CHOICE } from '#lib/auth/workspace.ts';
import { closePools } from '#lib/db/pool.ts';
import { type Answer, type Client, clientOf } from '#tests/api/client.ts';
import { type Belongings, furnish, type Made, make, serveCsv, sourceInto } from '#tests/api/furnish.ts';
import { marksOf, shownMarks } from '#tests/api/marks.ts';
import { members } from '#tests/api/member-routes.ts';
import { startApplication, type TestApplication } from '#tests/support/application.ts';
import { holdingsOf } from '#tests/support/holdings.ts';
import { join, ownSession, signUp } from '#tests/support/people.ts';

const VALUE = 'Seven behind the wall';

interface Side {
  readonly client: Client;
  readonly session: Session;
  readonly things: Belongings;
  readonly upload: string;
  readonly files: Awaited<ReturnType<typeof serveCsv>>;
}

let application: TestApplication;
let owner: Side;
let stranger: Side;
let marks: string[];
let document: OpenApiDocument;
/** Both may only read what the owner has: by a key, and in a browser. */
let readers: readonly Client[];
let before: Record<string, string>;

beforeAll(async () => {
  application = await startApplication();
  owner = await sideOf('owned_rows', VALUE);
  stranger = await sideOf('strange_rows', 'Eight');
  marks = marksOf(owner.things, owner.upload, owner.session.userId, VALUE);
  document = (await owner.client('GET', '/api/openapi')).json as OpenApiDocument;
  const { key } = await createApiKey(owner.session, { name: 'Reader', scope: 'read' });
  readers = [clientOf(application.url, key), await viewerInBrowser()];
  before = await holdingsOf(application.admin, owner.session.workspaceId);
});
afterAll(async () => {
  for (const side of [owner, stranger]) side?.files.server.close();
  await closePools();
  await application?.close();
});

async function sideOf(dataset: string, value: string): Promise<Side> {
  const session = await signUp(application.admin);
  const client = clientOf(
    application.url,
    (await createApiKey(session, { name: 'All', scope: 'admin' })).key,
  );
  const files = await serveCsv(`code,title\n007,${value}\n008,${value}\n`);
  const things = await furnish(client, dataset, files.url);
  const { id: upload } = await make<Made>(client, '/api/uploads', { fileName: 'rows.csv', bytes: 3 });
  return { client, session, things, upload, files };
}

async function viewerInBrowser(): Promise<Client> {
  const jar = cookieJar(new Request(application.url));
  const { data } = await authClient(jar).signUp({
    email: 'viewer@example.com',
    password: 'a long enough password',
  });
  const { userId } = await ownSession(application.admin, data.user?.id ?? '');
  await join(application.admin, userId, owner.session.workspaceId, 'viewer');
  const cookie = jar.setCookies.findLast((line) => line.includes('-auth-token='))?.split(';')[0] ?? '';
  const headers = { cookie, [WORKSPACE_CHOICE]: owner.session.workspaceId };
  const client = clientOf(application.url);
  return (method, path, body) => client(method, path, body, headers);
}

/** Asks as the stranger, and expects to be shown nothing of the owner's that the question did not name. */
async function tryAsStranger(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await stranger.client(method, path, body);
  const shown = shownMarks(marks, answer.text, [path, body]);
  expect(shown, `${method} ${path} shows the owner's: ${answer.text}`).toEqual([]);
  return answer;
}

it("the owner is shown all by which the owner's things are recognised", async () => {
  let all = '';
  for (const { call } of members.filter(({ method }) => method === 'GET')) {
    all += (await owner.client('GET', call(owner.things, owner.files.url).path)).text;
  }
  expect(marks.filter((mark) => !all.includes(mark))).toEqual([]);
});

describe("a stranger who names something of the owner's", () => {
  it.each(members.filter(({ foreign }) => foreign !== null))(
    'finds nothing by $route',
    async ({ method, call, foreign }) => {
      const { path, body } = call(owner.things, stranger.files.url);
      const answer = await tryAsStranger(method, path, body);
      expect(answer, answer.text).toMatchObject({ status: foreign });
    },
  );

  it.each(members.filter(({ foreign }) => foreign !== null))(
    'among own things finds nothing by $route',
    async ({ method, call }) => {
      const own = JSON.stringify(call(stranger.things, stranger.files.url));
      for (const [name, theirs] of Object.entries(owner.things)) {
        const mixed = call({ ...stranger.things, [name]: theirs }, stranger.files.url);
        if (JSON.stringify(mixed) === own) continue;
        const answer = await tryAsStranger(method, mixed.path, mixed.body);
        expect([404, 422], answer.text).toContain(answer.status);
      }
    },
  );

  it.each(members.filter(({ method }) => method === 'GET'))(
    'in a query, or not at all, sees nothing by $route',
    async ({ route, call }) => {
      const { path } = call(stranger.things, stranger.files.url);
      await tryAsStranger('GET', path);
      const ofTheOwner = await valuesForQueries();
      for (const name of queryOf(route)) {
        const values = ofTheOwner[name];
        expect(values, `say in this test what of the owner's may stand in ?${name}=`).toBeDefined();
        for (const value of values ?? []) {
          await tryAsStranger('GET', `${path}?${new URLSearchParams({ [name]: value })}`);
        }
      }
    },
  );

  it.each<[string, (own: Belongings, theirs: Belongings) => unknown]>([
    ['POST /api/connectors/csv/check', () => ({ config: { upload: owner.upload } })],
    ['POST /api/connectors/csv/preview', () => ({ config: { upload: owner.upload } })],
    [
      'POST /api/connectors/sources',
      ({ dataset }) => ({ ...sourceInto(dataset, ''), config: { upload: owner.upload } }),
    ],
    ['PATCH /api/connectors/sources/[id]', () => ({ config: { url: null, upload: owner.upload } })],
    [
      'PATCH /api/connectors/sources/[id]',
      (_, { dataset }) => ({ streams: { rows: { dataset, fields: { code: 'code' } } } }),
    ],
    ['POST /api/connectors/sources/[id]/check', () => ({ config: { url: null, upload: owner.upload } })],
    ['POST /api/connectors/sources/[id]/preview', () => ({ config: { url: null, upload: owner.upload } })],
    ['PATCH /api/exports/[id]', (_, { dataset }) => ({ dataset })],
  ])('deep in a body finds nothing by %s', async (route, bodyOf) => {
    const { sourceId, exportId } = stranger.things;
    const [method = '', path = ''] = route.split(' ');
    const id = path.includes('/exports/') ? exportId : sourceId;
    const body = bodyOf(stranger.things, owner.things);
    const answer = await tryAsStranger(method, path.replace('[id]', id), body);
    expect([404, 422], answer.text).toContain(answer.status);
  });

  it.each(members)('as the workspace to act in finds none by $route', async ({ method, call }) => {
    const { path, body } = call(owner.things, stranger.files.url);
    const headers = { [WORKSPACE_CHOICE]: owner.session.workspaceId };
    const { status, text } = await stranger.client(method, path, body, headers);
    expect(status, text).toBe(404);
    expect(shownMarks(marks, text, [path, body])).toEqual([]);
  });

  it('has changed nothing', async () => {
    expect(await holdingsOf(application.admin, owner.session.workspaceId)).toEqual(before);
  });
});

/** What the document says can be asked of a route, by name. */
function queryOf(route: string): string[] {
  const template = route.replace('GET ', '').replaceAll(/\[(\w+)\]/g, '{$1}');
  const { parameters = [] } = document.paths[template]?.get ?? {};
  return parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
}

/** By a parameter's name: what of the owner's can stand there; nothing for what names no thing. */
async function valuesForQueries(): Promise<Readonly<Record<string, readonly string[]>>> {
  const cursors = ['/api/jobs', '/api/audit', `/api/datasets/${owner.things.dataset}/rows`].map(cursorOf);
  const condition = { field: 'title', op: 'eq', value: VALUE };
  return {
    cursor: await Promise.all(cursors),
    runId: [owner.things.runId],
    sourceId: [owner.things.sourceId],
    stream: ['rows'],
    externalId: ['007'],
    parent: [owner.things.jobId],
    dataset: [owner.things.dataset],
    actorId: [owner.session.userId],
    targetId: [owner.things.sourceId, owner.things.exportId],
    search: [VALUE, '007'],
    filter: [JSON.stringify(condition)],
    ...Object.fromEntries(
      ['limit', 'sort', 'origins', 'status', 'replayable', 'kind', 'since', 'action', 'from', 'to'].map(
        (name) => [name, []],
      ),
    ),
  };
}

async function cursorOf(path: string): Promise<string> {
  const { json } = await owner.client('GET', `${path}?limit=1`);
  const { nextCursor } = json as { nextCursor: string | null };
  if (nextCursor === null) throw new Error(`${path} has one page only`);
  return nextCursor;
}

describe('whoever may only read', () => {
  it.each(members.filter(({ method }) => method !== 'GET'))(
    'is refused by $route',
    async ({ method, call }) => {
      const { path, body } = call(owner.things, owner.files.url);
      for (const reader of readers) {
        const answer = await reader(method, path, body);
        expect(answer).toMatchObject({ status: 403, json: { error: { code: 'forbidden' } } });
      }
    },
  );

  it.each(members.filter(({ method }) => method === 'GET'))(
    'reads by $route, unless it says what everybody did',
    async ({ route, call }) => {
      const { path } = call(owner.things, owner.files.url);
      for (const reader of readers) {
        const { status, text } = await reader('GET', path);
        expect(status, text).toBe(route === 'GET /api/audit' ? 403 : 200);
        expect(text).not.toContain(stranger.things.dataset);
      }
    },
  );

  it('has changed nothing', async () => {
    expect(await holdingsOf(application.admin, owner.session.workspaceId)).toEqual(before);
  });
});
