import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#lib/auth/api-keys.ts';
import { closePools } from '#lib/db/pool.ts';
import { type Answer, type Client, clientOf } from '#tests/api/client.ts';
import { datasetNamed, exportOf, type Made, make, sourceInto } from '#tests/api/furnish.ts';
import { startApplication, type TestApplication } from '#tests/support/application.ts';
import { signUp } from '#tests/support/people.ts';

let application: TestApplication;
let client: Client;

beforeAll(async () => {
  application = await startApplication();
  const owner = await signUp(application.admin);
  client = clientOf(application.url, (await createApiKey(owner, { name: 'all', scope: 'write' })).key);
  await make(client, '/api/datasets', datasetNamed('changed_rows'));
});
afterAll(async () => {
  await closePools();
  await application?.close();
});

const elsewhere = 'http://127.0.0.1:9/rows.csv';
const kinds = [
  {
    kind: 'a source',
    path: '/api/connectors/sources',
    body: sourceInto('changed_rows', elsewhere),
    rename: (name: string) => ({ displayName: name }),
    nameOf: (json: unknown) => (json as { displayName: string }).displayName,
  },
  {
    kind: 'an export',
    path: '/api/exports',
    body: exportOf('changed_rows'),
    rename: (name: string) => ({ name }),
    nameOf: (json: unknown) => (json as { name: string }).name,
  },
];

const etagOf = ({ headers }: Answer) => headers.get('etag') ?? '';

describe.each(kinds)('$kind', ({ path, body, rename, nameOf }) => {
  const create = async () => `${path}/${(await make<Made>(client, path, body)).id}`;
  const change = (at: string, name: string, ifMatch?: string) =>
    client('PATCH', at, rename(name), ifMatch === undefined ? {} : { 'if-match': ifMatch });

  it('is changed where it is as the caller saw it, and refused where it is not', async () => {
    const at = await create();
    const seen = etagOf(await client('GET', at));
    expect(seen).toMatch(/^"[^"]+"$/);
    const first = await change(at, 'First', seen);
    expect(first).toMatchObject({ status: 200 });
    expect(etagOf(first)).not.toBe(seen);
    const second = await change(at, 'Second', seen);
    expect(second).toMatchObject({ status: 409, json: { error: { code: 'version_mismatch' } } });
    const present = await client('GET', at);
    expect(nameOf(present.json)).toBe('First');
    expect(etagOf(present)).toBe(etagOf(first));
  });

  it('is changed once by many who saw the same', async () => {
    const at = await create();
    const seen = etagOf(await client('GET', at));
    const names = ['A', 'B', 'C', 'D', 'E', 'F'];
    const answers = await Promise.all(names.map((name) => change(at, name, seen)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it.each([
    ['nothing', () => undefined],
    ['*', () => '*'],
    ['several tags, its own among them', (tag: string) => `"other", ${tag}`],
    ['a tag that a proxy has made weak', (tag: string) => `W/${tag}`],
  ])('is changed with %s in If-Match', async (_, ifMatch) => {
    const at = await create();
    const seen = etagOf(await client('GET', at));
    expect((await change(at, 'Renamed', ifMatch(seen))).status).toBe(200);
  });

  it('is not deleted as another than the caller saw', async () => {
    const at = await create();
    const seen = etagOf(await client('GET', at));
    const changed = etagOf(await change(at, 'Kept'));
    expect((await client('DELETE', at, undefined, { 'if-match': seen })).status).toBe(409);
    expect((await client('GET', at)).status).toBe(200);
    expect((await client('DELETE', at, undefined, { 'if-match': changed })).status).toBe(204);
  });

  it('is made once, however often the same call is sent', async () => {
    const send = () => client('POST', path, body, { 'idempotency-key': `new ${path}` });
    const [first, again] = [await send(), await send()];
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });
});

it('a new API key comes again with the same call, and lies nowhere in clear', async () => {
  const send = () =>
    client('POST', '/api/api-keys', { name: 'Once', scope: 'read' }, { 'idempotency-key': 'the key' });
  const [first, again] = [await send(), await send()];
  expect(again.text).toBe(first.text);
  const { key } = first.json as { key: string };
  const { rows } = await application.admin.query(
    'select answer from private.idempotent_requests where answer is not null',
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { answer } of rows) expect((answer as Buffer).includes(key)).toBe(false);
});

it('a repeat of who may no longer do it is refused', async () => {
  const { id, key } = await make<{ id: string; key: string }>(client, '/api/api-keys', {
    name: 'Short-lived',
    scope: 'write',
  });
  const shortLived = clientOf(application.url, key);
  const send = () =>
    shortLived('POST', '/api/datasets', datasetNamed('of_a_key'), { 'idempotency-key': 'dataset' });
  expect((await send()).status).toBe(201);
  await client('DELETE', `/api/api-keys/${id}`);
  expect((await send()).status).toBe(401);
});
