import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { runExport } from '#lib/exports/runs.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { defaultTimings } from '#lib/jobs/timings.ts';
import { layRunGround, type RunGround } from './run-ground.ts';

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
  // Rows come in the order of their index, one by one, instead of all at once behind a sort.
  await ground.admin.query(
    `do $$ begin execute format('alter database %I set enable_sort = off', current_database()); end $$`,
  );
});
afterAll(() => ground.close());
beforeEach(async () => {
  dataset = await ground.newCodes();
});

type Matches = (call: Parameters<RunGround['s3']['failWhen']>[0]) => boolean;

const table = () => `data.${dataset.table.name}`;
const never = new Promise<never>(() => undefined);

/** As many rows as make several parts of an upload, before those that are there. */
async function addLongRows(): Promise<void> {
  await ground.admin.query(
    `insert into ${table()} (workspace_id, external_id, code)
     select $1, '-' || lpad(i::text, 5, '0'), repeat('x', 300000) || i from generate_series(1, 80) i`,
    [ground.session.workspaceId],
  );
}

/** Runs the export, asks for it to be cancelled once Storage is given what `reached` waits for, and sees it end. */
async function cancelled(definition: object, reached: Promise<void>): Promise<void> {
  const { id } = await ground.define(dataset.name, definition);
  const { jobId } = await runExport(ground.session, id);
  await reached;
  await cancelJob(ground.session, jobId);
  expect((await ground.stack.jobDone(jobId)).status).toBe('cancelled');
  expect([...ground.s3.objects.keys()]).toEqual([]);
  expect(ground.s3.uploads.size).toBe(0);
}

/** Resolves with the first call to Storage that is so; those that are so get no answer where `hangs`. */
function called(isSo: Matches, hangs = true): Promise<void> {
  return new Promise<void>((resolve) => {
    ground.s3.failWhen = (call) => {
      if (!isSo(call)) return false;
      resolve();
      return hangs ? never : false;
    };
  });
}

const isPart: Matches = ({ method, query }) => method === 'PUT' && query.has('partNumber');

describe('a cancelled export ends, and leaves nothing', () => {
  it('although its next row would never come, of which the database is told too', async () => {
    await addLongRows();
    await ground.admin.query(
      `create policy stuck on ${table()} as restrictive for select to entrepot_member
       using (case when external_id = '000000' and current_query() like 'copy %'
         then pg_sleep(3600) is not null else true end)`,
    );
    await cancelled({}, called(isPart, false));
    const asleep = async () => {
      const { rows } = await ground.admin.query(
        `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
      );
      return rows.length;
    };
    await expect.poll(asleep, { timeout: 20_000 }).toBe(0);
  });

  it('although Storage would never take its next part', async () => {
    await addLongRows();
    await cancelled({}, called(isPart));
  });

  it('although Storage would never take its file', async () => {
    await cancelled(
      {},
      called(({ method, path }) => method === 'PUT' && path.endsWith('.csv')),
    );
  });

  it('although Storage would never take its manifest, the file being there', async () => {
    await cancelled(
      {},
      called(({ method, path }) => method === 'PUT' && path.endsWith('.manifest.json')),
    );
  });

  it('for which it looks twice a second, within the two that it has', () => {
    expect(defaultTimings().watchMs).toBeLessThanOrEqual(500);
  });
});
