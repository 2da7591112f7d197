import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { startSync } from '#lib/sync/start.ts';
import { type Ground, look, newDataset, newSource, prepareGround, rowsOf } from './arrange.ts';

/** `npm run test:deep` tries ten times as many. */
const SEQUENCES = process.env.DEEP ? 1_000 : 100;
const SEED = 20_260_101;

const columns = [
  { name: 'sku', type: 'text' },
  { name: 'name', type: 'text' },
  { name: 'price', type: 'decimal' },
] as const;

let ground: Ground;
let parts: Dataset;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newDataset(ground.session, 'parts', columns, ['sku']);
});
afterAll(() => ground.close());

type Item = { readonly name: string | null; readonly price: string | null };

/** What happens at the vendor before a sync. */
interface Step {
  readonly saved: readonly (readonly [key: number, item: Item])[];
  readonly removed: readonly number[];
  /** A row whose price nobody can read: the row that is there stays. */
  readonly spoiled: number | null;
  /** The vendor states one column more, or its rows in another order. */
  readonly drifts: boolean;
  /** Every message comes twice. */
  readonly echoes: boolean;
  readonly mode: 'full' | 'incremental';
}

const key = fc.integer({ min: 0, max: 12 });
const item = fc.record({
  name: fc.oneof(fc.constant(null), fc.string({ maxLength: 8 })),
  price: fc.oneof(
    fc.constant(null),
    fc.integer({ min: -999, max: 999 }).map((cents) => (cents / 100).toFixed(2)),
    fc.constant('90071992547409931234567890.125'),
  ),
});
const step: fc.Arbitrary<Step> = fc.record({
  saved: fc.array(fc.tuple(key, item), { maxLength: 6 }),
  removed: fc.array(key, { maxLength: 4 }),
  spoiled: fc.option(key, { freq: 4 }),
  drifts: fc.boolean(),
  echoes: fc.boolean(),
  mode: fc.constantFrom('full', 'incremental'),
});

let made = 0;

/** A source whose guard lets everything go: what the model says is what is wanted. */
async function newParts() {
  made += 1;
  const path = `/model-${made}.json`;
  const id = await newSource(ground.session, {
    sourceType: 'json',
    config: { url: `${ground.source.url}${path}` },
    dataset: 'parts',
    fields: { sku: 'sku', name: 'name', price: 'price' },
  });
  const guard = { rows: 1_000_000, share: 1, most: 1_000_000 };
  await look(
    ground.database,
    `update external_data_sources set delete_guard = $2, reject_limit = $2::jsonb - 'most' where id = $1`,
    [id, JSON.stringify(guard)],
  );
  return { id, path };
}

/** What the vendor has and what we should have: they differ where a row was spoiled. */
interface World {
  readonly vendor: Map<string, Item>;
  readonly ours: Map<string, Item>;
}

function happen({ vendor, ours }: World, { saved, removed, spoiled }: Step): string[] {
  for (const [place, value] of saved) vendor.set(`k${place}`, value);
  for (const place of removed) vendor.delete(`k${place}`);
  const spoiledKey = spoiled === null ? undefined : `k${spoiled}`;
  const kept = spoiledKey === undefined ? undefined : ours.get(spoiledKey);
  ours.clear();
  for (const [sku, value] of vendor) if (sku !== spoiledKey) ours.set(sku, value);
  if (spoiledKey !== undefined && kept) ours.set(spoiledKey, kept);
  return spoiledKey === undefined ? [] : [spoiledKey];
}

function bodyOf({ vendor }: World, spoiled: readonly string[], drifts: boolean): string {
  const sound = [...vendor].filter(([sku]) => !spoiled.includes(sku));
  const rows: object[] = sound.map(([sku, value]) => ({ ...(drifts && { colour: 'red' }), sku, ...value }));
  for (const sku of spoiled) rows.push({ sku, name: 'spoiled', price: 'cheap' });
  return JSON.stringify(drifts ? rows.reverse() : rows);
}

it('whatever happens at the vendor, the table is what a plain map says', { timeout: 1_800_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (steps) => {
      const { id, path } = await newParts();
      const world: World = { vendor: new Map(), ours: new Map() };
      for (const each of steps) {
        const spoiled = happen(world, each);
        ground.source.bodies.set(path, bodyOf(world, spoiled, each.drifts));
        ground.queue.faults.duplicateAtOnce = each.echoes ? 1 : 0;
        const { runs } = await startSync(ground.session, { sourceId: id, mode: each.mode });
        const job = await ground.jobDone(runs[0]?.jobId ?? '', 60_000);
        expect(job.error).toBeNull();
        const rows = await rowsOf<{ sku: string } & Item>(ground, parts, id);
        const table = rows.map(({ sku, name, price }) => [sku, { name, price }] as const);
        expect(table).toEqual([...world.ours].sort(([one], [other]) => (one < other ? -1 : 1)));
      }
    }),
    { numRuns: SEQUENCES, seed: SEED },
  );
});
