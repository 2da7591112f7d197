import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { makeWebhook } from '#lib/sources/webhook.ts';
import type { SyncResult } from '#lib/sync/run.ts';
import { startSync } from '#lib/sync/start.ts';
import { startAllPending, takeCall } from '#lib/sync/webhooks.ts';
import { fast } from '#tests/lib/jobs/arrange.ts';
import { byUpdatedAt, configFor } from '#tests/support/vendor/config.ts';
import { startVendor, type Vendor } from '#tests/support/vendor/vendor.ts';
import { type Ground, keepSweeping, newDataset, newSource, prepareGround } from './arrange.ts';
import { type BrittleWorker, startBrittleWorker } from './brittle-worker.ts';
import {
  afterReading,
  type Change,
  history,
  isLegible,
  keys,
  type Reading,
  type Row,
  type Step,
  skuOf,
  VendorModel,
} from './model.ts';

/** `npm run test:deep` tries ten times as many. */
const SEQUENCES = process.env.DEEP ? 1_000 : 100;
const SEED = 20_260_101;
const PAGE_ROWS = 4;

const timings = { ...fast, leaseMs: 400, renewMs: 100, sliceMs: 60_000, maxAttempts: 20, overdueMs: 100 };
const columns = [
  { name: 'sku', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'price', type: 'decimal' },
] as const;

let worker: BrittleWorker;
let ground: Ground;
let vendor: Vendor;
let parts: Dataset;
let stopSweeping: () => Promise<void>;
/** One connection to look with: there is much to look at. */
let admin: pg.Client;
beforeAll(async () => {
  worker = await startBrittleWorker(timings);
  ground = await prepareGround({ receiver: worker, retryDelayScale: 0.001 });
  vendor = await startVendor();
  parts = await newDataset(ground.session, 'parts', columns, ['sku']);
  stopSweeping = keepSweeping(timings, 100);
  admin = new pg.Client(ground.database.adminUrl);
  await admin.connect();
});
afterAll(async () => {
  await stopSweeping();
  await admin.end();
  vendor.close();
  await ground.close();
});

let made = 0;

/** A source whose guards let everything go: what the model says is what is wanted. */
async function newParts(reading: Reading) {
  made += 1;
  const table = `parts-${made}`;
  const isApi = reading === 'api';
  const api = { ...configFor(vendor, 'cursor', table, { pageRows: PAGE_ROWS }), ...byUpdatedAt };
  const id = await newSource(ground.session, {
    sourceType: isApi ? 'json' : 'csv',
    config: isApi ? api : { url: `${vendor.url}/none/${table}?format=csv`, delimiter: ',', header: true },
    dataset: 'parts',
    fields: { sku: 'sku', name: 'name', price: 'price' },
  });
  const guard = { rows: 1_000_000, share: 1, most: 1_000_000 };
  await admin.query(
    `update external_data_sources set delete_guard = $2, reject_limit = $2::jsonb - 'most',
       sync_frequency = 'realtime', next_sync_at = now() + interval '1 day' where id = $1`,
    [id, JSON.stringify(guard)],
  );
  await makeWebhook(ground.session, id);
  return { id, table };
}

/** What has changed at the vendor while a sync ran, and whether the vendor has called after that. */
interface Meanwhile {
  readonly touched: ReadonlySet<number>;
  readonly isTold: boolean;
}
const nothing: Meanwhile = { touched: new Set(), isTold: false };

/** One vendor's table, what we should have of it, and the source that brings it in. */
class World {
  readonly #reading: Reading;
  readonly #id: string;
  readonly #table: string;
  readonly #theirs: VendorModel;
  readonly #ours = new Map<number, Row>();
  /** Saved since the last sync began, so that what has changed includes them. */
  #fresh = new Set<number>();

  constructor(reading: Reading, { id, table }: { readonly id: string; readonly table: string }) {
    this.#reading = reading;
    // Of a file without rows nobody knows the columns.
    this.#theirs = new VendorModel((key) => reading === 'file' && key === 0);
    this.#id = id;
    this.#table = table;
    if (reading === 'file') this.#make([{ what: 'save', key: 0, item: { name: 'first', price: '1' } }]);
  }

  async live(step: Step): Promise<void> {
    const mode = step.shape === this.#theirs.shape ? step.mode : 'full';
    this.#theirs.shape = step.shape;
    this.#make(step.changes);
    const { touched, isTold } = await this.#sync(mode, step);
    await this.#compare(mode, { touched, isTold });
    this.#fresh = this.#fresh.intersection(touched);
    if (touched.size === 0) return;
    await this.#sync(step.mode);
    await this.#compare(step.mode);
    this.#fresh = new Set();
  }

  /** In the end everything is as it should be, and another sync finds nothing to do. */
  async settle(): Promise<void> {
    await this.#sync('full');
    await this.#compare('full');
    const { runs } = await startSync(ground.session, { sourceId: this.#id, mode: 'full' });
    expect(await ground.jobDone(runs[0]?.jobId ?? '')).toMatchObject({
      status: 'completed',
      result: { inserted: 0, updated: 0, deleted: 0 },
    });
  }

  #make(changes: readonly Change[]): Set<number> {
    const now = new Date().toISOString();
    vendor.clock.set(now);
    const touched = new Set<number>();
    for (const change of changes) {
      const key = this.#theirs.make(change, now);
      if (key === undefined) continue;
      touched.add(key);
      if (change.what === 'save') this.#fresh.add(key);
      else this.#fresh.delete(key);
    }
    const table = vendor.table(this.#table);
    for (const { id } of table.rows()) table.delete(id);
    for (const row of this.#theirs.rows()) table.insert(row);
    return touched;
  }

  /** Ends once all that was asked for has ended. */
  async #sync(mode: Step['mode'], step?: Step): Promise<Meanwhile> {
    let touched = new Set<number>();
    let isTold = false;
    let call = 0;
    vendor.before(async () => {
      call += 1;
      if (step?.meanwhile?.call === call) touched = this.#make(step.meanwhile.changes);
      if (!step?.webhooks.includes(call)) return undefined;
      await takeCall(this.#id);
      isTold = touched.size > 0;
      return undefined;
    });
    worker.cutOffAt(step?.cutOff ?? null);
    ground.queue.faults.duplicateAtOnce = step?.echoes ? 1 : 0;
    const { runs } = await startSync(ground.session, { sourceId: this.#id, mode });
    requireSum(await ground.jobDone(runs[0]?.jobId ?? ''));
    await this.#answerCalls();
    worker.cutOffAt(null);
    vendor.before();
    return { touched, isTold };
  }

  /** Waits for the syncs that the vendor has called for, and does what the cron does for those that wait. */
  async #answerCalls(): Promise<void> {
    for (;;) {
      await startAllPending();
      const { rows } = await admin.query<{ job_id: string }>(
        `select job_id from sync_runs where source_id = $1 and status in ('queued', 'running')`,
        [this.#id],
      );
      if (!rows[0]) return;
      requireSum(await ground.jobDone(rows[0].job_id));
    }
  }

  /** What a sync of what has changed does not see may be as it was. */
  async #compare(mode: Step['mode'], { touched, isTold }: Meanwhile = nothing): Promise<void> {
    const table = await this.#stored();
    for (const key of keys) {
      const before = this.#ours.get(key);
      const theirs = this.#theirs.get(key);
      const after = afterReading(this.#reading, this.#theirs.shape, before, theirs);
      const isFresh = this.#fresh.has(key);
      const isSure = mode === 'full' || this.#reading === 'file' || isFresh;
      const found = table.get(key);
      if (!touched.has(key)) expect(isSure ? [after] : [before, after], skuOf(key)).toContainEqual(found);
      else if (isTold && isFresh && isLegible(this.#theirs.shape, theirs)) expect(found).toEqual(after);
      if (found) this.#ours.set(key, found);
    }
  }

  async #stored(): Promise<Map<number, Row>> {
    const { rows } = await admin.query<Row & { sku: string }>(
      `select sku, name, price, deleted_at is null as live from data.${parts.table.name} where source_id = $1`,
      [this.#id],
    );
    return new Map(rows.map(({ sku, ...row }) => [Number(sku.slice(1)), row]));
  }
}

/** Every row that was read is accounted for. */
function requireSum(job: Awaited<ReturnType<Ground['jobDone']>>): void {
  expect(job).toMatchObject({ status: 'completed', error: null });
  const { read, inserted, updated, unchanged, rejected, superseded } = job.result as SyncResult;
  expect(inserted + updated + unchanged + rejected + superseded).toBe(read);
}

it('whatever happens at the vendor and to the worker, the table is what a plain map says', {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ reading, steps }) => {
      const world = new World(reading, await newParts(reading));
      for (const step of steps) await world.live(step);
      await world.settle();
    }),
    { numRuns: SEQUENCES, seed: SEED },
  );
});
