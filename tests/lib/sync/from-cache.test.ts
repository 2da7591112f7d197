import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { listRuns } from '#lib/sources/runs.ts';
import { startSync, syncRequest } from '#lib/sync/start.ts';
import { type Ground, look, newParts, type Parts, type PartsSource, prepareGround } from './arrange.ts';

let ground: Ground;
let parts: Parts;
let source: PartsSource;
let calls: string[];
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku', 'price');
});
afterAll(() => ground.close());

/** A JSON API of two pages, the second at `/more`. */
beforeEach(async () => {
  source = await parts.newSource('', {
    sourceType: 'json',
    config: { rowsPath: 'items', pagination: { by: 'next', path: 'next' } },
  });
  serve('1');
  ground.source.requests.length = 0;
});

function page(skus: readonly string[], price: string, next: string | null): string {
  return JSON.stringify({ items: skus.map((sku) => ({ sku, price })), next });
}

function serve(price: string, second: readonly string[] = ['c', 'd']): void {
  source.serve(page(['a', 'b'], price, `${ground.source.url}/more`));
  ground.source.bodies.set('/more', page(second, price, null));
}

/** Syncs with the cache; gives the run, and the paths that were asked for. */
async function sync(asked: { force?: boolean; dryRun?: boolean } = {}) {
  const before = ground.source.requests.length;
  const request = syncRequest.parse({ sourceId: source.id, fromCache: true, ...asked });
  const { runs } = await startSync(ground.session, request);
  expect(await ground.jobDone(runs[0]?.jobId ?? '')).toMatchObject({ status: 'completed' });
  calls = ground.source.requests.slice(before).map(({ url }) => url ?? '');
  const [run] = (await listRuns(ground.session, source.id, { limit: 1 })).items;
  return run;
}

async function prices(): Promise<Record<string, number>> {
  const rows = await source.rows<{ sku: string; price: string }>();
  return Object.fromEntries(rows.map(({ sku, price }) => [sku, Number(price)]));
}

const all = (price: number) => ({ a: price, b: price, c: price, d: price });

it('the second of two syncs through the cache makes no call, says how old what it read is, and brings the same rows', async () => {
  const first = await sync();
  expect(first).toMatchObject({ apiCalls: 2, cachedAt: null });
  serve('2');
  const second = await sync();
  expect(calls).toEqual([]);
  expect(second).toMatchObject({ apiCalls: 0, cacheHits: 2, streams: { rows: { read: 4, unchanged: 4 } } });
  expect(Date.parse(second?.cachedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.createdAt ?? ''));
  expect(Date.parse(second?.cachedAt ?? '')).toBeLessThan(Date.parse(second?.createdAt ?? ''));
  expect(await prices()).toEqual(all(1));
});

it('a sync from the cache deletes nothing, and leaves rows alone that were read later', async () => {
  await sync();
  serve('2', ['c', 'e']);
  expect(await source.counts()).toMatchObject({ updated: 3, inserted: 1, deleted: 1 });
  const run = await sync();
  expect(calls).toEqual([]);
  expect(run?.streams.rows).toMatchObject({ read: 4, deleted: 0, inserted: 0, updated: 0 });
  expect(await prices()).toEqual({ a: 2, b: 2, c: 2, e: 2 });
});

it('what a source has called for stays called for while the cache is read', async () => {
  await sync();
  await look(
    ground.database,
    `insert into source_webhooks (source_id, workspace_id, token_hash, pending_at)
     select id, workspace_id, sha256('token'), now() from external_data_sources where id = $1`,
    [source.id],
  );
  const called = () =>
    look(ground.database, 'select from source_webhooks where source_id = $1 and pending_at is not null', [
      source.id,
    ]);
  await sync();
  expect(await called()).toHaveLength(1);
  await source.counts();
  expect(await called()).toHaveLength(0);
});

it('force reads the source, and what it answers is what the cache has then', async () => {
  await sync();
  serve('2');
  expect(await sync({ force: true })).toMatchObject({ apiCalls: 2, cachedAt: null });
  expect(await prices()).toEqual(all(2));
  serve('3');
  await sync();
  expect(calls).toEqual([]);
  expect(await prices()).toEqual(all(2));
});

it('where the cache has lost one answer of the pass, the source is read, with a word of it', async () => {
  await sync();
  await look(
    ground.database,
    `delete from private.response_cache where cache_key =
       (select cache_key from private.response_cache order by stored_at desc limit 1)`,
  );
  serve('2');
  const run = await sync();
  expect(calls).toHaveLength(2);
  expect(run).toMatchObject({
    cachedAt: null,
    warnings: [{ message: expect.stringContaining('does not hold') }],
  });
  expect(await prices()).toEqual(all(2));
  await sync();
  expect(calls).toEqual([]);
});

it.each([1, 2])(
  'a pass whose answer %i was too large for the cache is not called kept, and the next reads the source at once',
  async (place) => {
    const broad = (body: string) => body.replace(/\}$/, `,"note":"${' '.repeat(4_000_001)}"}`);
    if (place === 1) source.serve(broad(page(['a', 'b'], '1', `${ground.source.url}/more`)));
    else ground.source.bodies.set('/more', broad(page(['c', 'd'], '1', null)));
    await sync();
    const run = await sync();
    expect(calls).toHaveLength(2);
    expect(run).toMatchObject({ cachedAt: null, cacheHits: 0, warnings: [] });
    serve('1');
    await sync();
    await sync();
    expect(calls).toEqual([]);
  },
);

it('what was kept for longer than the source lets it, or of another address, is not read', async () => {
  await sync();
  await look(ground.database, "update sync_cursors set kept_at = now() - interval '61 minutes'");
  await sync();
  expect(calls).toHaveLength(2);
  await look(ground.database, 'update external_data_sources set config_version = config_version + 1');
  await sync();
  expect(calls).toHaveLength(2);
});

it('a pass that was cut off is not what the next reads', async () => {
  ground.source.bodies.delete('/more');
  const { runs } = await startSync(
    ground.session,
    syncRequest.parse({ sourceId: source.id, fromCache: true }),
  );
  expect(await ground.jobDone(runs[0]?.jobId ?? '')).toMatchObject({ status: 'failed' });
  serve('1');
  await sync();
  expect(calls).toHaveLength(2);
  expect(await prices()).toEqual(all(1));
});

it('a dry run reads the cache too', async () => {
  await sync();
  serve('2');
  const run = await sync({ dryRun: true });
  expect(calls).toEqual([]);
  expect(run).toMatchObject({ dryRun: true, streams: { rows: { read: 4, unchanged: 4 } } });
});

it('is refused for an incremental sync, whose changes the cache does not keep', () => {
  const { error } = syncRequest.safeParse({ mode: 'incremental', fromCache: true });
  expect(error?.issues[0]).toMatchObject({ path: ['fromCache'] });
});
