import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectorDefinition } from '#connectors/contract.ts';
import { csvDefinition } from '#connectors/csv/definition.ts';
import { asMember } from '#lib/db/as-member.ts';
import { connect } from '#lib/sources/connect.ts';
import { sourceInput, sourcePatch } from '#lib/sources/definition.ts';
import { getQuota } from '#lib/sources/quota.ts';
import { requireScheduleFits } from '#lib/sources/quota-fit.ts';
import { createSource, updateSource } from '#lib/sources/sources.ts';
import { startSync, syncRequest } from '#lib/sync/start.ts';
import { type Ground, look, newDataset, newOwner, prepareGround } from '#tests/lib/sync/arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
  await newDataset(ground.session, 'parts', [{ name: 'sku', type: 'text' }], ['sku']);
  ground.source.bodies.set('/parts.csv', 'sku\na\n');
});
afterAll(() => ground.close());

const streams = { rows: { dataset: 'parts', fields: { sku: 'sku' } } };
const tight = [{ calls: 11, seconds: 3_600 }];
const misfit = {
  code: 'invalid',
  fields: {
    syncFrequency:
      '1 stream every 5 minutes makes at least 12 calls in an hour, where the limit of this source allows 11: choose a lower frequency, or map fewer streams',
  },
};

function input(changes: Record<string, unknown> = {}) {
  const config = { url: `${ground.source.url}/parts.csv` };
  return sourceInput.parse({ sourceType: 'csv', displayName: 'Parts', config, streams, ...changes });
}

function change(id: string, patch: Record<string, unknown>) {
  return updateSource(ground.session, id, sourcePatch.parse(patch));
}

/** Asks once for the source's file, as a sync would. */
async function call(id: string, rateLimits: typeof tight): Promise<void> {
  const access = { type: 'csv', config: input().config, credentials: null };
  const { signal } = new AbortController();
  const { connector, client } = await connect(ground.session, access, { signal, sourceId: id, rateLimits });
  await connector.check(client);
}

describe('a schedule that cannot fit', () => {
  it('is refused when the source is made, with the arithmetic', async () => {
    const made = createSource(ground.session, input({ syncFrequency: 'realtime', rateLimits: tight }));
    await expect(made).rejects.toMatchObject(misfit);
    await createSource(ground.session, input({ syncFrequency: 'hourly', rateLimits: tight }));
  });

  it('is refused whichever of its parts is changed, and anything else of the source can be', async () => {
    const often = await createSource(ground.session, input({ syncFrequency: 'realtime' }));
    await expect(change(often.id, { rateLimits: tight })).rejects.toMatchObject(misfit);
    const limited = await createSource(ground.session, input({ rateLimits: tight, enabled: false }));
    await change(limited.id, { syncFrequency: 'realtime' });
    await expect(change(limited.id, { enabled: true })).rejects.toMatchObject(misfit);
    expect(await change(limited.id, { enabled: true, syncFrequency: 'daily' })).toMatchObject({
      rateLimits: tight,
    });
    const unmapped = await createSource(ground.session, input({ rateLimits: tight, streams: {} }));
    await change(unmapped.id, { syncFrequency: 'realtime', displayName: 'Often' });
    await expect(change(unmapped.id, { streams })).rejects.toMatchObject(misfit);
    expect(await change(unmapped.id, { displayName: 'Still' })).toMatchObject({ displayName: 'Still' });
    expect(await change(unmapped.id, { rateLimits: [], streams })).toMatchObject({ rateLimits: [] });
  });

  it('is reckoned with the other sources of the same account, and with no others', async () => {
    const owner = await newOwner(ground.database);
    const bare = { streams: {}, syncFrequency: 'hourly' };
    const definition: ConnectorDefinition = { ...csvDefinition, rateLimits: [{ calls: 13, seconds: 3_600 }] };
    const source = {
      ...(await createSource(owner, input({ streams: {} }))),
      definition,
      streams,
      syncFrequency: 'realtime' as const,
    };
    const fits = () => asMember(owner, (tx) => requireScheduleFits(tx, source));
    await newDataset(owner, 'parts', [{ name: 'sku', type: 'text' }], ['sku']);
    const sibling = { ...bare, streams };
    await createSource(owner, input({ ...sibling, config: { url: 'https://elsewhere.test/x.csv' } }));
    await createSource(owner, input({ ...sibling, enabled: false }));
    await createSource(owner, input({ ...sibling, sourceType: 'json' }));
    await createSource(owner, input(sibling));
    await fits();
    await createSource(owner, input(sibling));
    await expect(fits()).rejects.toMatchObject({
      fields: { syncFrequency: expect.stringContaining('2 other sources of the same account 2, where CSV') },
    });
  });
});

describe('a schedule of which a sync is known', () => {
  const pages = ['/1', '/2', '/3'];
  const next = { rowsPath: 'items', pagination: { by: 'next', path: 'next' } };
  const took =
    'its last sync took 3 calls: one every hour makes 3 in an hour, where the limit of this source allows 2: choose a lower frequency, or map fewer streams';

  /** A source of three pages, synced once as it is asked to be. */
  async function synced(asked: Record<string, unknown> = {}) {
    for (const [index, path] of pages.entries()) {
      const more = pages[index + 1];
      const page = { items: [{ sku: path }], next: more ? ground.source.url + more : null };
      ground.source.bodies.set(path, JSON.stringify(page));
    }
    const config = { url: `${ground.source.url}/1`, ...next };
    const source = await createSource(ground.session, input({ sourceType: 'json', config }));
    const request = syncRequest.parse({ sourceId: source.id, ...asked });
    const { runs } = await startSync(ground.session, request);
    expect(await ground.jobDone(runs[0]?.jobId ?? '')).toMatchObject({ status: 'completed' });
    return source;
  }
  const two = [{ calls: 2, seconds: 3_600 }];

  it('is reckoned with the calls that it took, and says so', async () => {
    const { id } = await synced();
    await change(id, { rateLimits: two });
    await expect(change(id, { syncFrequency: 'hourly' })).rejects.toMatchObject({
      fields: { syncFrequency: took },
    });
    await change(id, { syncFrequency: 'daily' });
    await change(id, { syncFrequency: 'hourly', rateLimits: [{ calls: 3, seconds: 3_600 }] });
  });

  it('is reckoned anew where it is to read something else', async () => {
    const { id } = await synced();
    const config = { url: `${ground.source.url}/3` };
    await change(id, { syncFrequency: 'hourly', rateLimits: two, config });
    expect(await change(id, { displayName: 'Still', enabled: true, streams })).toMatchObject({
      displayName: 'Still',
    });
  });

  it('that the source has outgrown keeps nobody from changing the rest', async () => {
    const { id } = await synced();
    await look(
      ground.database,
      `update external_data_sources set sync_frequency = 'hourly', rate_limits = '${JSON.stringify(two)}' where id = '${id}'`,
    );
    const form = { displayName: 'Renamed', syncFrequency: 'hourly', enabled: true };
    expect(await change(id, form)).toMatchObject({ displayName: 'Renamed' });
    await change(id, { enabled: false });
    await expect(change(id, { enabled: true })).rejects.toMatchObject({ fields: { syncFrequency: took } });
  });

  it('learns nothing from a sync that read everything where the next begins at a bookmark', async () => {
    const { id } = await synced();
    await look(ground.database, `update sync_cursors set bookmark = '1' where source_id = '${id}'`);
    await change(id, { syncFrequency: 'hourly', rateLimits: two });
  });

  it('learns nothing from a dry run', async () => {
    const { id } = await synced({ dryRun: true });
    await change(id, { syncFrequency: 'hourly', rateLimits: two });
  });
});

describe('the quota of a source', () => {
  it('shows each window with what is used of it, and uses nothing itself', async () => {
    const rateLimits = [
      { calls: 2, seconds: 60 },
      { calls: 100, seconds: 3_600 },
    ];
    const { id } = await createSource(ground.session, input({ rateLimits }));
    const unused = { of: 'source', used: 0, resetsAt: null };
    expect(await getQuota(ground.session, id)).toEqual({
      windows: [
        { ...unused, limit: 2, seconds: 60 },
        { ...unused, limit: 100, seconds: 3_600 },
      ],
      closedUntil: null,
    });
    await call(id, rateLimits);
    await call(id, rateLimits);
    await expect(call(id, rateLimits)).rejects.toMatchObject({ code: 'throttled' });
    const { windows } = await getQuota(ground.session, id);
    expect(windows).toMatchObject([
      { limit: 2, used: 2 },
      { limit: 100, used: 2 },
    ]);
    for (const { seconds, resetsAt } of windows) {
      const left = (Date.parse(resetsAt ?? '') - Date.now()) / 1_000;
      expect(left).toBeGreaterThan(seconds * 0.5);
      expect(left).toBeLessThanOrEqual(seconds * 1.05 + 1);
    }
  });

  it('says until when the provider wants no calls', async () => {
    ground.source.bodies.set('/busy.csv', { status: 429, headers: { 'retry-after': '120' } });
    const owner = await newOwner(ground.database);
    const config = { url: `${ground.source.url}/busy.csv` };
    const { id } = await createSource(owner, input({ streams: {}, config }));
    const { signal } = new AbortController();
    const access = { type: 'csv', config, credentials: null };
    const { connector, client } = await connect(owner, access, { signal });
    await expect(connector.check(client)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    const { closedUntil } = await getQuota(owner, id);
    expect(Date.parse(closedUntil ?? '')).toBeGreaterThan(Date.now() + 60_000);
  });

  it('of another workspace is not there', async () => {
    const { id } = await createSource(ground.session, input());
    const stranger = await newOwner(ground.database);
    await expect(getQuota(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

it.each([
  [[{ calls: 0, seconds: 60 }]],
  [[{ calls: 1, seconds: 0.5 }]],
  [[{ calls: 1, seconds: 100_000_000 }]],
  [[{ calls: 1 }]],
  [Array(6).fill({ calls: 1, seconds: 60 })],
])('limits that are none are refused: %j', (rateLimits) => {
  const body = { sourceType: 'csv', displayName: 'Parts', config: {}, rateLimits };
  expect(sourceInput.safeParse(body).success).toBe(false);
});
