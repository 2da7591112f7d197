import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { runExport } from '#lib/exports/runs.ts';
import { layRunGround, type RunGround } from './run-ground.ts';

const ROWS = 1_000_000;

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
  dataset = await ground.dataset([{ name: 'amount', type: 'decimal' }], []);
  // A million rows go in without a look at each one's workspace.
  await ground.admin.query('set session_replication_role = replica');
  await ground.admin.query(
    `insert into data.${dataset.table.name} (workspace_id, external_id, amount, created_revision, revision)
     select $1, lpad(n::text, 7, '0'), case n when $2 - 1 then 1e30 else n end, 1, 1 from generate_series(1, $2) n`,
    [ground.session.workspaceId, ROWS],
  );
});
afterAll(() => ground.close());

it('an error at row 999,999 of a million leaves no file, and says what to do', async () => {
  const { id } = await ground.define(dataset.name, { format: { type: 'parquet' } });
  const { jobId } = await runExport(ground.session, id);
  const { status, error } = await ground.stack.jobDone(jobId);
  expect(status).toBe('failed');
  expect(error?.message).toMatch(/amount.*text/s);
  expect([...ground.s3.objects.keys()]).toEqual([]);
});
