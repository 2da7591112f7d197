import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listConnectors } from '#lib/sources/connectors.ts';
import { sourceInput, sourcePatch } from '#lib/sources/definition.ts';
import { deleteSource } from '#lib/sources/remove.ts';
import { createSource, getSource, listSources, updateSource } from '#lib/sources/sources.ts';
import { createUpload, uploadInput } from '#lib/storage/uploads.ts';
import {
  type Ground,
  look,
  newDataset,
  newOwner,
  prepareGround,
  rowsOf,
  sync,
  syncCounts,
} from '#tests/lib/sync/arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
  const columns = [
    { name: 'sku', type: 'text' },
    { name: 'price', type: 'decimal' },
  ] as const;
  await newDataset(ground.session, 'parts', columns, ['sku']);
  ground.source.bodies.set('/parts.csv', 'sku,price\na,1\n');
});
afterAll(() => ground.close());

const fields = { sku: 'sku', price: 'price' };
const streams = { rows: { dataset: 'parts', fields } };
const secret = 'correct-horse-battery-staple';

function input(changes: Record<string, unknown> = {}) {
  const config = { url: `${ground.source.url}/parts.csv` };
  return sourceInput.parse({ sourceType: 'csv', displayName: 'Parts', config, streams, ...changes });
}

describe('a source', () => {
  it('is saved with its credentials, which are sent to the vendor and never come back', async () => {
    const made = await createSource(ground.session, input({ credentials: { headers: { 'x-key': secret } } }));
    expect(made).toMatchObject({
      sourceType: 'csv',
      displayName: 'Parts',
      credentialsSet: true,
      streams,
      mappingVersion: 1,
      syncStatus: 'idle',
      syncFrequency: 'manual',
    });
    const shown = [made, await listSources(ground.session, { limit: 50 })];
    expect(JSON.stringify(shown)).not.toContain(secret);
    ground.source.requests.length = 0;
    await syncCounts(ground, made.id);
    expect(ground.source.requests[0]?.headers['x-key']).toBe(secret);
    const stored = await look(ground.database, 'select * from private.source_credentials');
    expect(JSON.stringify(stored)).not.toContain(secret);
    const trail = 'select action, details from audit_log where target_id = $1';
    expect(await look(ground.database, trail, [made.id])).toContainEqual({
      action: 'source.created',
      details: { sourceType: 'csv', displayName: 'Parts' },
    });
  });

  const wrong: [string, Record<string, unknown>, string][] = [
    ['an address that is none', { config: { url: 'ftp://x' } }, 'config.url'],
    ['a setting that there is not', { config: { url: 'http://x.test', colour: 'red' } }, 'config.colour'],
    [
      'credentials of another form',
      { config: { url: 'http://x.test' }, credentials: { token: 1 } },
      'credentials',
    ],
    [
      'a stream that there is not',
      { config: { url: 'http://x.test' }, streams: { orders: streams.rows } },
      'streams.orders',
    ],
    [
      'a dataset that there is not',
      { config: { url: 'http://x.test' }, streams: { rows: { dataset: 'nowhere', fields } } },
      'streams.rows.dataset',
    ],
    [
      'a column that there is not',
      {
        config: { url: 'http://x.test' },
        streams: { rows: { dataset: 'parts', fields: { ...fields, size: 's' } } },
      },
      'streams.rows.fields.size',
    ],
    [
      'a mapping without the key',
      {
        config: { url: 'http://x.test' },
        streams: { rows: { dataset: 'parts', fields: { price: 'price' } } },
      },
      'streams.rows.fields.sku',
    ],
  ];
  it.each(wrong)('with %s is refused, naming the field', async (_, changes, field) => {
    const refused = createSource(ground.session, input(changes));
    await expect(refused).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
    });
  });

  it('is protected as the schemas say until a person decides otherwise, in each part by itself', async () => {
    const config = { url: `${ground.source.url}/parts.csv` };
    const made = await createSource(ground.session, input({ config }));
    const usual = {
      deleteGuard: { rows: 5, share: 0.2, most: 1_000 },
      rejectLimit: { rows: 100, share: 0.5 },
      conflictPolicy: 'source_wins',
      conflictPolicies: {},
      alertMails: true,
    };
    expect(made).toMatchObject(usual);
    const change = (patch: unknown) => updateSource(ground.session, made.id, sourcePatch.parse(patch));
    const deleteGuard = { rows: 1, share: 0, most: 1 };
    const conflictPolicies = { parts: 'ask', others: 'local_wins' };
    const changed = { ...usual, deleteGuard, conflictPolicies };
    expect(await change({ deleteGuard, conflictPolicies })).toMatchObject(changed);
    const fewer = await change({ conflictPolicy: 'newest_wins', conflictPolicies: { others: null } });
    expect(fewer).toMatchObject({ deleteGuard, conflictPolicy: 'newest_wins' });
    expect(fewer.conflictPolicies).toEqual({ parts: 'ask' });
  });

  it.each([
    { deleteGuard: { rows: 0 } },
    { deleteGuard: { share: 1.1 } },
    { rejectLimit: { share: -1 } },
    { rejectLimit: { all: true } },
    { conflictPolicy: 'mine' },
    { conflictPolicies: { parts: 'mine' } },
  ])('takes no safeguard that guards nothing: %j', (patch) => {
    expect(sourcePatch.safeParse(patch).success).toBe(false);
  });

  it('is changed by a merge: what is absent stays, and null goes', async () => {
    const config = { url: `${ground.source.url}/parts.csv`, delimiter: ';' };
    const { id } = await createSource(ground.session, input({ config, credentials: { bearer: secret } }));
    const patch = sourcePatch.parse({ displayName: 'Renamed', config: { delimiter: null } });
    expect(await updateSource(ground.session, id, patch)).toMatchObject({
      displayName: 'Renamed',
      config: { url: config.url },
      credentialsSet: true,
      mappingVersion: 1,
      streams,
    });
    const forgotten = await updateSource(ground.session, id, sourcePatch.parse({ credentials: null }));
    expect(forgotten.credentialsSet).toBe(false);
    expect(
      await look(ground.database, 'select from private.source_credentials where source_id = $1', [id]),
    ).toEqual([]);
  });

  it('keeps its credentials from another origin: they are entered again or removed', async () => {
    const { id } = await createSource(ground.session, input({ credentials: { bearer: secret } }));
    const elsewhere = { url: 'https://elsewhere.test/x.csv' };
    const { id: upload } = await createUpload(ground.session, uploadInput.parse({ fileName: 'x', bytes: 1 }));
    for (const config of [elsewhere, { url: null, upload }]) {
      const moved = updateSource(ground.session, id, sourcePatch.parse({ config }));
      await expect(moved).rejects.toMatchObject({
        code: 'invalid',
        fields: { credentials: expect.any(String) },
      });
    }
    expect((await getSource(ground.session, id)).config).toEqual(input().config);
    const beside = sourcePatch.parse({ config: { url: `${ground.source.url}/other.csv` } });
    expect(await updateSource(ground.session, id, beside)).toMatchObject({ credentialsSet: true });
    const entered = sourcePatch.parse({ config: elsewhere, credentials: { bearer: 'new' } });
    expect(await updateSource(ground.session, id, entered)).toMatchObject({ config: elsewhere });
    const back = sourcePatch.parse({ config: input().config, credentials: null });
    expect(await updateSource(ground.session, id, back)).toMatchObject({ credentialsSet: false });
  });

  it('whose address was changed behind its credentials does not send them', async () => {
    const { id } = await createSource(ground.session, input({ credentials: { bearer: secret } }));
    await look(
      ground.database,
      `update external_data_sources set config = '{"url":"https://elsewhere.test/x.csv"}' where id = $1`,
      [id],
    );
    expect(await sync(ground, id)).toMatchObject({ status: 'failed', error: { code: 'AUTH_FAILED' } });
  });

  it.each(['2026-02-30T00:00:00Z 0a4ee5a6-45ff-4a3a-9e4d-6d7f3a1e3a11', '2026-02-03T00:00:00Z 17'])(
    'is not listed from a cursor that no list of sources gave: %s',
    async (position) => {
      const cursor = Buffer.from(position).toString('base64url');
      await expect(listSources(ground.session, { limit: 50, cursor })).rejects.toMatchObject({
        code: 'bad_request',
      });
    },
  );

  it('has a new mapping version only when its mapping is another', async () => {
    const { id } = await createSource(ground.session, input());
    const same = await updateSource(ground.session, id, sourcePatch.parse({ streams }));
    expect(same.mappingVersion).toBe(1);
    const other = { rows: { dataset: 'parts', fields: { sku: 'sku' } } };
    const changed = await updateSource(ground.session, id, sourcePatch.parse({ streams: other }));
    expect(changed).toMatchObject({ mappingVersion: 2, streams: other });
  });

  it('of another workspace is not there, and a viewer changes nothing', async () => {
    const { id } = await createSource(ground.session, input());
    const stranger = await newOwner(ground.database);
    const viewer = { ...ground.session, role: 'viewer' as const };
    const notFound = { code: 'not_found' };
    await expect(getSource(stranger, id)).rejects.toMatchObject(notFound);
    await expect(updateSource(stranger, id, { displayName: 'Mine' })).rejects.toMatchObject(notFound);
    await expect(deleteSource(stranger, id, 'remove')).rejects.toMatchObject(notFound);
    await expect(createSource(viewer, input())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(deleteSource(viewer, id)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('deleting a source', () => {
  it('asks what becomes of its rows, and keeps or removes them', async () => {
    const parts = await newDataset(ground.session, 'kept', [{ name: 'sku', type: 'text' }], ['sku']);
    const mapped = { streams: { rows: { dataset: 'kept', fields: { sku: 'sku' } } } };
    const one = await createSource(ground.session, input(mapped));
    const two = await createSource(ground.session, input(mapped));
    for (const { id } of [one, two]) await syncCounts(ground, id);
    await expect(deleteSource(ground.session, one.id)).rejects.toMatchObject({
      code: 'invalid',
      fields: { rows: expect.any(String) },
    });
    await deleteSource(ground.session, one.id, 'keep');
    expect(await rowsOf(ground, parts, one.id)).toHaveLength(1);
    await deleteSource(ground.session, two.id, 'remove');
    expect(await rowsOf(ground, parts, two.id)).toEqual([]);
    await expect(getSource(ground.session, two.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('an upload', () => {
  it('is sent straight to storage and read as a source', async () => {
    const asked = uploadInput.parse({ fileName: 'parts.csv', bytes: 14, contentType: 'text/csv' });
    const { id: upload, url, method, headers } = await createUpload(ground.session, asked);
    const sent = await fetch(url, { method, headers, body: 'sku,price\nu,9\n' });
    expect(sent.ok).toBe(true);
    const { id } = await createSource(ground.session, input({ config: { upload } }));
    expect(await syncCounts(ground, id)).toEqual({ read: 1, inserted: 1 });
  });

  const asked = uploadInput.parse({ fileName: 'parts.csv', bytes: 14 });

  it('that nobody sent fails the sync with what to do', async () => {
    const { id: upload } = await createUpload(ground.session, asked);
    const { id } = await createSource(ground.session, input({ config: { upload } }));
    expect(await sync(ground, id)).toMatchObject({ status: 'failed', error: { code: 'not_found' } });
  });

  it('of another workspace, or of none, is not found, and nothing is saved', async () => {
    const { id: theirs } = await createUpload(await newOwner(ground.database), asked);
    const own = await createSource(ground.session, input());
    const before = await listSources(ground.session, { limit: 50 });
    for (const upload of [theirs, 'nothing']) {
      const config = { url: null, upload };
      const notFound = { code: 'not_found' };
      await expect(createSource(ground.session, input({ config: { upload } }))).rejects.toMatchObject(
        notFound,
      );
      await expect(updateSource(ground.session, own.id, { config })).rejects.toMatchObject(notFound);
    }
    expect(await listSources(ground.session, { limit: 50 })).toEqual(before);
  });
});

it('every connector shows the JSON Schema of its configuration, with its secrets marked', () => {
  const csv = listConnectors().find(({ id }) => id === 'csv');
  expect(csv).toMatchObject({
    config: { type: 'object', properties: { url: { title: 'Address' } } },
    streams: [{ name: 'rows' }],
  });
  expect(JSON.stringify(csv?.credentials)).toContain('"secret":true');
});
