import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Session } from '#lib/auth/session.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { SLOTS } from '#lib/jobs/slots.ts';
import { startSync } from '#lib/sync/start.ts';
import { type Ground, look, newDataset, newOwner, newSource, prepareGround } from './arrange.ts';

const ROWS = 20_000;
/** How many sources each workspace has: the first asks for far more than its share, and before the others. */
const SOURCES = [10, 2, 2, 2];

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground.close());

interface Member {
  readonly session: Session;
  readonly dataset: Dataset;
  readonly sources: readonly string[];
}

/** A row says whose it is: its price is the source's number and its own. */
const priceOf = (source: number, index: number) => source * ROWS + index;

let served = 0;

async function newMember(sources: number): Promise<Member> {
  const session = await newOwner(ground.database);
  const columns = [
    { name: 'sku', type: 'text' },
    { name: 'price', type: 'integer' },
  ] as const;
  const dataset = await newDataset(session, 'parts', columns, ['sku']);
  const ids: string[] = [];
  for (let n = 0; n < sources; n += 1) {
    const source = served++;
    const lines = Array.from({ length: ROWS }, (_, index) => `k${index},${priceOf(source, index)}\n`);
    ground.source.bodies.set(`/${source}.csv`, `sku,price\n${lines.join('')}`);
    const config = { url: `${ground.source.url}/${source}.csv` };
    const fields = { sku: 'sku', price: 'price' };
    ids.push(await newSource(session, { sourceType: 'csv', config, dataset: 'parts', fields }));
  }
  return { session, dataset, sources: ids };
}

/** Asks for all of them, the first workspace's first, before any of them can begin; gives each one's job. */
async function startAll(members: readonly Member[]): Promise<string[]> {
  ground.queue.faults.holdDeliveries = true;
  const jobs: string[] = [];
  for (const { session, sources } of members) {
    for (const sourceId of sources) {
      const { runs } = await startSync(session, { sourceId, mode: 'full' });
      jobs.push(runs[0]?.jobId ?? '');
    }
  }
  ground.queue.faults.holdDeliveries = false;
  return jobs;
}

it('sixteen sources in four workspaces at once all come in whole, and a workspace with many keeps no other waiting', {
  timeout: 600_000,
}, async () => {
  const members: Member[] = [];
  for (const sources of SOURCES) members.push(await newMember(sources));
  const jobs = await startAll(members);
  for (const job of jobs) {
    expect(await ground.jobDone(job, 500_000)).toMatchObject({
      status: 'completed',
      result: { read: ROWS, inserted: ROWS },
    });
  }

  let source = 0;
  for (const { dataset, sources } of members) {
    for (const id of sources) {
      const wrong = `select count(*)::int as rows, count(*) filter (
          where sku <> 'k' || (price - $2::int) or external_id <> sku or deleted_at is not null)::int as wrong
        from data.${dataset.table.name} where source_id = $1`;
      expect(await look(ground.database, wrong, [id, priceOf(source, 0)])).toEqual([
        { rows: ROWS, wrong: 0 },
      ]);
      source += 1;
    }
    const all = await look<{ rows: number }>(
      ground.database,
      `select count(*)::int as rows from data.${dataset.table.name}`,
    );
    expect(all).toEqual([{ rows: sources.length * ROWS }]);
  }

  // Those that begin at the same moment as another's last have kept it from nothing.
  const [crowded] = await look<{ first: number }>(
    ground.database,
    `select count(*)::int as first from jobs where workspace_id = $1 and started_at < (
       select max(started_at) - interval '1 second' from jobs where workspace_id <> $1)`,
    [members[0]?.session.workspaceId],
  );
  expect(crowded?.first).toBeLessThanOrEqual(SLOTS);
});
