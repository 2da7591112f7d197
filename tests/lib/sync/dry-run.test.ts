import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSync } from '#lib/sync/start.ts';
import { type Ground, look, newParts, type Parts, prepareGround } from './arrange.ts';
import { numbers } from './paged.ts';

let ground: Ground;
let parts: Parts;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku');
});
afterAll(() => ground.close());

/** What a dry run of a new source of so many rows says, and how many changes it lists. */
async function plan(count: number) {
  const { id } = await parts.newSource(`sku\n${numbers(count).join('\n')}\n`);
  const { runs } = await startSync(ground.session, { sourceId: id, mode: 'full', dryRun: true });
  const { result } = await ground.jobDone(runs[0]?.jobId ?? '');
  const [run] = await look<{ warnings: unknown; listed: number }>(
    ground.database,
    `select warnings, (select count(*)::int from sync_changes c where c.run_id = r.id) as listed
     from sync_runs r where id = $1`,
    [runs[0]?.runId],
  );
  return { result, ...run };
}

it('a dry run of 10,000 changes lists them all and warns of nothing', async () => {
  expect(await plan(10_000)).toMatchObject({ result: { inserted: 10_000 }, listed: 10_000, warnings: [] });
});

it('a dry run of more counts all, lists the first 10,000 and says so once', async () => {
  expect(await plan(15_001)).toMatchObject({
    result: { inserted: 15_001 },
    listed: 10_000,
    warnings: [
      {
        stream: 'rows',
        message: 'All changes are counted, but only the first 10,000 of the dry run are listed.',
      },
    ],
  });
});
