import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateSource } from '#lib/sources/sources.ts';
import { getWebhook, makeWebhook, removeWebhook } from '#lib/sources/webhook.ts';
import { startSync } from '#lib/sync/start.ts';
import { calledSource, startAllPending, takeCall } from '#lib/sync/webhooks.ts';
import { type Ground, look, newDataset, newSource, prepareGround } from './arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
  await newDataset(ground.session, 'parts', [{ name: 'sku', type: 'text' }], ['sku']);
});
afterAll(() => ground.close());

const file = (...keys: string[]) => ['sku', ...keys, ''].join('\n');

/** A source that is synced in real time, and the token of its webhook. */
async function source() {
  const path = `/${randomUUID()}.csv`;
  const serve = (...keys: string[]) => ground.source.bodies.set(path, file(...keys));
  serve('a');
  const config = { url: ground.source.url + path };
  const fields = { sku: 'sku' };
  const id = await newSource(ground.session, { sourceType: 'csv', config, dataset: 'parts', fields });
  await updateSource(ground.session, id, { syncFrequency: 'realtime' });
  return { id, path, serve, token: await tokenOf(id) };
}

async function tokenOf(id: string): Promise<string> {
  const { url } = await makeWebhook(ground.session, id);
  return url.split('/').at(-1) ?? '';
}

const call = async (token: string) => takeCall(await calledSource(token));

interface RunRow {
  readonly trigger: string;
  readonly mode: string;
  readonly status: string;
}

const runsOf = (id: string) =>
  look<RunRow>(
    ground.database,
    'select trigger, mode, status from sync_runs where source_id = $1 order by created_at',
    [id],
  );

/** The runs of a source once none is under way and none is called for any more. */
async function settled(id: string): Promise<RunRow[]> {
  for (;;) {
    const [open] = await look<{ count: number }>(
      ground.database,
      `select (select count(*)::int from sync_runs where source_id = $1 and status in ('queued', 'running'))
         + (select count(*)::int from source_webhooks where source_id = $1 and pending_at is not null) as count`,
      [id],
    );
    if (open?.count === 0) return runsOf(id);
    await sleep(25);
  }
}

const keysOf = async (id: string) =>
  (
    await look<{ sku: string }>(
      ground.database,
      `select p.sku from ${await tableOf()} p where source_id = $1 and deleted_at is null order by sku`,
      [id],
    )
  ).map(({ sku }) => sku);

async function tableOf(): Promise<string> {
  const [dataset] = await look<{ name: string }>(
    ground.database,
    "select format('%I.%I', table_schema, table_name) as name from datasets where name = 'parts'",
  );
  return dataset?.name ?? '';
}

/** Serves a file whose end is held back until it is let go. */
function slowly(path: string, ...keys: string[]) {
  const { promise: letGo, resolve: release } = Promise.withResolvers<void>();
  const { promise: reading, resolve: begun } = Promise.withResolvers<void>();
  ground.source.bodies.set(path, async function* () {
    begun();
    yield file(...keys);
    await letGo;
  });
  return { reading, release };
}

const byCall = (status = 'completed') => ({ trigger: 'webhook', mode: 'incremental', status });

describe('a call', () => {
  it('starts an incremental sync at once', async () => {
    const { id, token } = await source();
    const { runs } = await call(token);
    expect(runs).toEqual([{ sourceId: id, runId: expect.any(String), jobId: expect.any(String) }]);
    expect(await settled(id)).toEqual([byCall()]);
    expect(await keysOf(id)).toEqual(['a']);
    expect(await getWebhook(ground.session, id)).toMatchObject({ calledAt: expect.any(String) });
  });

  it('in a burst of twenty leads to two runs at most, and the last of it is not lost', async () => {
    const { id, path, serve, token } = await source();
    const { reading, release } = slowly(path, 'a');
    const calls = Array.from({ length: 10 }, () => call(token));
    await reading;
    calls.push(...Array.from({ length: 10 }, () => call(token)));
    const answers = await Promise.all(calls);
    expect(answers.flatMap(({ runs }) => runs)).toHaveLength(1);
    serve('a', 'b');
    release();
    expect(await settled(id)).toEqual([byCall(), byCall()]);
    expect(await keysOf(id)).toEqual(['a', 'b']);
  });

  it('while a run waits for its turn needs no other', async () => {
    const { id, token } = await source();
    ground.queue.faults.holdDeliveries = true;
    await startSync(ground.session, { sourceId: id, mode: 'full' });
    expect(await call(token)).toEqual({ runs: [] });
    ground.queue.faults.holdDeliveries = false;
    expect(await settled(id)).toMatchObject([{ trigger: 'manual', status: 'completed' }]);
  });

  it.each([
    ['a dry run', { dryRun: true }],
    ['a run of some of the streams', { streams: ['rows'] }],
  ])('is not answered by %s', async (_, asked) => {
    const { id, token } = await source();
    ground.queue.faults.holdDeliveries = true;
    await startSync(ground.session, { sourceId: id, mode: 'full', ...asked });
    expect(await call(token)).toEqual({ runs: [] });
    ground.queue.faults.holdDeliveries = false;
    expect(await settled(id)).toMatchObject([{ trigger: 'manual' }, byCall()]);
  });

  it('while a run reads that then fails leads to another', async () => {
    const { id, path, serve, token } = await source();
    const { reading, release } = slowly(path, 'a');
    await startSync(ground.session, { sourceId: id, mode: 'full' });
    await reading;
    await call(token);
    await look(
      ground.database,
      'update external_data_sources set config_version = config_version + 1 where id = $1',
      [id],
    );
    serve('a', 'b');
    release();
    expect(await settled(id)).toMatchObject([{ trigger: 'manual', status: 'failed' }, byCall()]);
    expect(await keysOf(id)).toEqual(['a', 'b']);
  });

  it('that was noted by a server that died then is served by the sweep, once', async () => {
    const { id } = await source();
    await look(ground.database, 'update source_webhooks set pending_at = now() where source_id = $1', [id]);
    const started = await Promise.all([startAllPending(), startAllPending()]);
    expect(started.reduce((sum, count) => sum + count)).toBe(1);
    expect(await settled(id)).toEqual([byCall()]);
    expect(await startAllPending()).toBe(0);
  });
});

describe('the address', () => {
  it('that is replaced or removed is none any more', async () => {
    const { id, token } = await source();
    const next = await tokenOf(id);
    expect(next).not.toBe(token);
    await expect(call(token)).rejects.toMatchObject({ code: 'not_found' });
    await removeWebhook(ground.session, id);
    await expect(call(next)).rejects.toMatchObject({ code: 'not_found' });
    await expect(removeWebhook(ground.session, id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await getWebhook(ground.session, id)).toEqual({ createdAt: null, calledAt: null });
    expect(await runsOf(id)).toEqual([]);
  });

  it.each([
    ['paused', { enabled: false }],
    ['synced by the hour', { syncFrequency: 'hourly' as const }],
    ['not mapped', { streams: { rows: null } }],
  ])('of a source that is %s starts nothing', async (_, patch) => {
    const { id, token } = await source();
    await updateSource(ground.session, id, patch);
    expect(await call(token)).toEqual({ runs: [] });
    expect(await startAllPending()).toBe(0);
    expect(await runsOf(id)).toEqual([]);
  });

  it('is kept as its digest alone', async () => {
    const { id, token } = await source();
    const [row] = await look<{ text: string }>(
      ground.database,
      'select to_jsonb(w)::text as text from source_webhooks w where source_id = $1',
      [id],
    );
    expect(row?.text).not.toContain(token);
    expect(row?.text).not.toContain(Buffer.from(token).toString('hex'));
  });

  it('is not made by a viewer, nor for a source of another workspace', async () => {
    const { id } = await source();
    const viewer = { ...ground.session, role: 'viewer' as const };
    await expect(makeWebhook(viewer, id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(removeWebhook(viewer, id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(makeWebhook(ground.session, randomUUID())).rejects.toMatchObject({ code: 'not_found' });
  });
});
