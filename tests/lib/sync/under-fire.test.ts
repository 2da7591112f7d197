import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { startSync } from '#lib/sync/start.ts';
import { fast } from '#tests/lib/jobs/arrange.ts';
import { configFor } from '#tests/support/vendor/config.ts';
import { startVendor, type Vendor } from '#tests/support/vendor/vendor.ts';
import { type Ground, keepSweeping, look, newDataset, newSource, prepareGround, rowsOf } from './arrange.ts';
import { type BrittleWorker, startBrittleWorker } from './brittle-worker.ts';

/** After the claim, before the commit, after the commit, after the ring. */
const POINTS = ['slice', 'commit', 'committed', 'rung'] as const;
const RATE = 0.3;
/** Until so many have died at each of the points. */
const DEATHS = 5;

/** Less than a page is given, so that each slice ends after its first. */
const timings = { ...fast, leaseMs: 1_000, renewMs: 300, sliceMs: 4_900, maxAttempts: 100, overdueMs: 200 };

const SOURCES = ['north', 'east', 'south', 'west'];
const PAGE_ROWS = 50;
const PAGES = 5;

let worker: BrittleWorker;
let ground: Ground;
let vendor: Vendor;
let parts: Dataset;
let stopSweeping: () => Promise<void>;
beforeAll(async () => {
  worker = await startBrittleWorker(timings);
  ground = await prepareGround({ receiver: worker, pooled: true, retryDelayScale: 0.001 });
  vendor = await startVendor();
  const text = (name: string) => ({ name, type: 'text' }) as const;
  parts = await newDataset(ground.session, 'parts', [text('sku'), text('round')], ['sku']);
  await logPages();
  stopSweeping = keepSweeping(timings);
});
afterAll(async () => {
  await stopSweeping();
  vendor.close();
  await ground.close();
});

/**
 * Every move of a pass that is committed, in the order of the commits: a source's moves wait for one another. To note
 * what filled the key is none.
 */
async function logPages(): Promise<void> {
  await look(
    ground.database,
    `create table public.page_log (id bigserial, source_id uuid, run_id uuid, pages int, ended boolean);
     create function public.log_page() returns trigger language plpgsql security definer as
       $$ begin
         if tg_op = 'UPDATE' and new.keyed_by is distinct from old.keyed_by then return new; end if;
         insert into public.page_log (source_id, run_id, pages, ended)
           select new.source_id, new.run_id, new.pages, new.ended_at is not null;
         return new;
       end $$;
     create trigger log_page after insert or update on public.sync_cursors
       for each row execute function public.log_page();`,
  );
}

async function newParts(name: string): Promise<string> {
  vendor
    .table(name)
    .fill(PAGES * PAGE_ROWS, (index) => ({ sku: `k${String(index).padStart(3, '0')}`, round: '0' }));
  return newSource(ground.session, {
    sourceType: 'json',
    config: configFor(vendor, 'cursor', name, { pageRows: PAGE_ROWS }),
    dataset: 'parts',
    fields: { sku: 'sku', round: 'round' },
  });
}

/** Each row says another thing, and the first is gone. */
function turn(name: string, round: number): void {
  const table = vendor.table(name);
  const [first, ...rest] = table.rows();
  if (first) table.delete(first.id);
  for (const { id } of rest) table.update(id, { round: String(round) });
}

/** A sync of each of them at once, and of each a second one, which is refused. */
async function syncAll(sources: ReadonlyMap<string, string>): Promise<void> {
  const jobs: string[] = [];
  ground.queue.faults.holdDeliveries = true;
  for (const sourceId of sources.values()) {
    const { runs } = await startSync(ground.session, { sourceId, mode: 'full' });
    jobs.push(runs[0]?.jobId ?? '');
    const again = startSync(ground.session, { sourceId, mode: 'full' });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
  }
  ground.queue.faults.holdDeliveries = false;
  for (const job of jobs) {
    expect(await ground.jobDone(job)).toMatchObject({ status: 'completed', error: null });
  }
}

/** The runs of a source one after another, each with the pages that it has committed. */
async function runsOf(sourceId: string): Promise<number[][]> {
  const moves = await look<{ run_id: string; pages: number; ended: boolean }>(
    ground.database,
    'select run_id, pages, ended from page_log where source_id = $1 order by id',
    [sourceId],
  );
  const runs: { id: string; pages: number[] }[] = [];
  for (const { run_id, pages, ended } of moves) {
    if (runs.at(-1)?.id !== run_id) runs.push({ id: run_id, pages: [] });
    if (pages > 0 && !ended) runs.at(-1)?.pages.push(pages);
  }
  expect(new Set(runs.map(({ id }) => id)).size).toBe(runs.length);
  return runs.map(({ pages }) => pages);
}

it('half of the messages come twice and three in ten workers die at each of four points: every sync ends, right, and alone at its source', {
  timeout: 600_000,
}, async () => {
  const sources = new Map<string, string>();
  for (const name of SOURCES) sources.set(name, await newParts(name));
  for (const point of POINTS) worker.cutOffRates[point] = RATE;
  Object.assign(ground.queue.faults, { duplicateAtOnce: 0.5, duplicateAfterAnswer: 0.5 });

  let rounds = 0;
  do {
    rounds += 1;
    for (const name of SOURCES) turn(name, rounds);
    await syncAll(sources);
    for (const [name, sourceId] of sources) {
      const rows = await rowsOf<{ sku: string; round: string }>(ground, parts, sourceId);
      const there = vendor.table(name).rows();
      expect(rows.map(({ sku, round }) => ({ sku, round }))).toEqual(
        there.map(({ sku, round }) => ({ sku, round })),
      );
    }
  } while (POINTS.some((point) => worker.cuts(point) < DEATHS));

  for (const sourceId of sources.values()) {
    const runs = await runsOf(sourceId);
    expect(runs).toHaveLength(rounds);
    for (const pages of runs) expect(pages).toEqual([1, 2, 3, 4, 5]);
  }
});
