import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorker, type Worker } from '#tests/support/worker.ts';
import { type Ground, keepSweeping, look, prepareGround, sync } from './arrange.ts';
import { type Day, openShop, type Shop } from './shop.ts';

/** A thirtieth of the real times, so that a dead worker's job is taken over soon. */
const orders = {
  kindsModule: new URL('./shop-connector.ts', import.meta.url).pathname,
  timings: {
    leaseMs: 1_500,
    renewMs: 300,
    watchMs: 50,
    sliceMs: 60_000,
    backoffMs: 20,
    longestBackoffMs: 200,
    maxAttempts: 50,
    overdueMs: 200,
  },
};
/** Eleven pages, and the rows that have vanished from each of the three streams. */
const COMMITS = 14;
const PAGES = 11;

let worker: Worker;
let ground: Ground;
let shop: Shop;
let stopSweeping: () => Promise<void>;
beforeAll(async () => {
  worker = await startWorker();
  ground = await prepareGround({ receiver: worker, retryDelayScale: 0.001 });
  shop = await openShop(ground.session);
  await keepSeen();
  stopSweeping = keepSweeping(orders.timings);
  Object.assign(ground.queue.faults, { duplicateAtOnce: 1, duplicateAfterAnswer: 1 });
});
afterAll(async () => {
  await stopSweeping();
  shop.vendor.close();
  await ground.close();
});

/** A run's seen keys are forgotten when it ends: a copy stays, to be compared. */
async function keepSeen(): Promise<void> {
  await look(
    ground.database,
    `create table public.kept_seen as select * from private.sync_seen;
     create function public.keep_seen() returns trigger language plpgsql security definer as
       $$ begin insert into public.kept_seen select old.*; return old; end $$;
     create trigger keep_seen before delete on private.sync_seen
       for each row execute function public.keep_seen();`,
  );
}

/** Everything that a run has left, but for ids and times. */
async function outcomeOf(sourceId: string) {
  const job = await sync(ground, sourceId);
  await ground.queue.idle();
  const [run] = await look<{ id: string; streams: unknown; warnings: unknown }>(
    ground.database,
    'select id, streams, warnings from sync_runs where source_id = $1 order by created_at desc limit 1',
    [sourceId],
  );
  const ofRun = (text: string) => look(ground.database, text, [run?.id]);
  const rows = shop.datasets.map(({ table }) =>
    look(
      ground.database,
      `select to_jsonb(t) - array['source_id', 'synced_at', 'deleted_at', 'created_revision', 'revision', 'source_version']
         || jsonb_build_object('deleted', deleted_at is not null) as row
       from ${table.schema}.${table.name} t where source_id = $1 order by external_id`,
      [sourceId],
    ),
  );
  const inserted = shop.datasets.map(({ id, table }) =>
    ofRun(
      `select t.external_id from ${table.schema}.${table.name} t
       join sync_revisions r on r.dataset_id = '${id}' and r.revision = t.created_revision
       where r.run_id = $1 order by t.external_id`,
    ),
  );
  return {
    status: job.status,
    result: job.result,
    streams: run?.streams,
    warnings: run?.warnings,
    rows: await Promise.all(rows),
    inserted: await Promise.all(inserted),
    changes: await ofRun(
      `select dataset_id, stream, external_id, operation, fields from sync_changes where run_id = $1
       order by dataset_id, external_id, id`,
    ),
    rejects: await ofRun(
      `select stream, external_id, field, reason, value, payload::jsonb - 'version' as payload
       from sync_rejects where run_id = $1 order by id`,
    ),
    deletions: await ofRun(
      'select stream, status, vanished, present from sync_deletions where run_id = $1 order by stream',
    ),
    seen: await ofRun('select stream, page, keys from kept_seen where run_id = $1 order by stream, page'),
  };
}

type Outcome = Awaited<ReturnType<typeof outcomeOf>>;

const outcomes: { first?: Outcome } & Partial<Record<Day, Outcome>> = {};

async function onDay(day: Day, sourceId: string): Promise<Outcome> {
  shop.setDay(day);
  return outcomeOf(sourceId);
}

/** Runs that nothing disturbs: of a source that is new, and from each day to the other. */
async function learnOutcomes(): Promise<void> {
  await worker.obey(orders);
  const calm = await shop.newSource();
  outcomes.first = await onDay(1, calm);
  await onDay(2, calm);
  outcomes[1] = await onDay(1, calm);
  outcomes[2] = await onDay(2, calm);
  expect(outcomes.first).toMatchObject({
    status: 'completed',
    streams: { products: { read: 2_000 }, vendors: { read: 1_200 }, orders: { read: 1_800 } },
  });
  for (const day of [1, 2] as const) {
    expect(outcomes[day]?.seen).toHaveLength(PAGES);
    expect(outcomes[day]?.deletions).toMatchObject([1, 2, 3].map(() => ({ status: 'applied' })));
  }
}

/**
 * Three streams of 5,000 rows in eleven pages, every message of the queue delivered three times. What an
 * interrupted run leaves is compared with what an uninterrupted one does: rows, changes, insertions, rejects,
 * deletes, keys seen and counts.
 */
it('a sync whose worker is killed at any page ends as one that nothing disturbed', {
  timeout: 600_000,
}, async () => {
  await learnOutcomes();
  const stormy = await shop.newSource();

  // Each worker brings one page more than the one before it, and dies before the commit of the next.
  const killAt = Array.from(
    { length: PAGES },
    (_, page) => ({ point: 'commit', nth: page === 0 ? 1 : 2 }) as const,
  );
  await worker.obey({ ...orders, killAt });
  expect(await onDay(1, stormy)).toEqual(outcomes.first);
  expect(worker.deaths()).toBe(PAGES);

  // After the commit of one page, or of one batch of deletes.
  await worker.obey(orders);
  await onDay(2, stormy);
  for (let nth = 1; nth <= COMMITS + 1; nth += 1) {
    await worker.obey({ ...orders, killAt: [{ point: 'committed', nth }] });
    const day = nth % 2 === 1 ? 1 : 2;
    expect(await onDay(day, stormy), `killed after commit ${nth}`).toEqual(outcomes[day]);
    expect(worker.deaths(), `killed after commit ${nth}`).toBe(nth > COMMITS ? 0 : 1);
  }
});
