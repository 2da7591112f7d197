import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { updateExport } from '#lib/exports/exports.ts';
import { previewExport } from '#lib/exports/preview.ts';
import { runExport } from '#lib/exports/runs.ts';
import { insertRow } from './arrange.ts';
import { artifactsIn, codes, layRunGround, type RunGround } from './run-ground.ts';

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  dataset = await ground.newCodes();
});

describe('an incremental export', () => {
  const lines = (text: string) => text.trim().split('\n').slice(1).sort();

  it('delivers each change once', async () => {
    const { id } = await ground.define(dataset.name, { mode: 'incremental' });
    expect(lines(await ground.textOf(id))).toHaveLength(3);
    expect(lines(await ground.textOf(id))).toEqual([]);
    await insertRow(ground.session, dataset, ['d', '4']);
    await ground.admin.query(`update data.${dataset.table.name} set amount = 7 where code = 'a'`);
    expect(lines(await ground.textOf(id))).toEqual(['a,7', 'd,4']);
  });

  it('is previewed as its next run would be, or as its first where it would deliver something else', async () => {
    const view = await ground.define(dataset.name, { mode: 'incremental' });
    const preview = (changes: Partial<ExportView> = {}) =>
      previewExport(ground.session, { ...view, ...changes }, view.id);
    const first = await preview();
    expect([first.rows.length, first.warnings]).toEqual([3, [expect.stringContaining('first run')]]);
    await ground.textOf(view.id);
    const nothing = await preview();
    expect([nothing.rows, nothing.estimatedRows, nothing.warnings]).toEqual([[], 0, []]);
    await insertRow(ground.session, dataset, ['d', '4']);
    await ground.admin.query(`update data.${dataset.table.name} set amount = 7 where code = 'a'`);
    const next = await preview({ sort: [{ field: 'code', direction: 'asc' }] });
    expect(next).toMatchObject({ text: 'code,amount\na,7\nd,4\n', estimatedRows: 2, warnings: [] });
    const anew = await preview({ filter: { field: 'code', op: 'ne', value: 'x' } });
    expect([anew.rows.length, anew.warnings]).toEqual([4, [expect.stringContaining('first run')]]);
    await expect(previewExport(ground.session, view, view.ownerId ?? '')).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it.each([
    [['new'], ['d,4']],
    [['updated'], ['a,7']],
    [
      ['new', 'updated'],
      ['a,7', 'd,4'],
    ],
  ])(
    'delivers what is %j since the last delivery, where only that is asked for',
    async (status, delivered) => {
      const { id } = await ground.define(dataset.name, { mode: 'incremental', status });
      await ground.textOf(id);
      await insertRow(ground.session, dataset, ['d', '4']);
      await ground.admin.query(`update data.${dataset.table.name} set amount = 7 where code = 'a'`);
      expect(lines(await ground.textOf(id))).toEqual(delivered);
    },
  );

  it('keeps what an expression keeps', async () => {
    const { id } = await ground.define(dataset.name, { expression: 'amount > 2 && code in ["b", "a"]' });
    expect(lines(await ground.textOf(id))).toEqual(['b,2.50']);
  });

  it('has what was committed late under an early time stamp in its next run', async () => {
    const { id } = await ground.define(dataset.name, { mode: 'incremental' });
    await ground.textOf(id);
    const { table } = dataset;
    let second = '';
    await asMember(ground.session, async ({ db }) => {
      await sql`insert into ${sql.id(table.schema, table.name)} (workspace_id, code, synced_at)
        values (${ground.session.workspaceId}, 'early', '2001-01-01')`.execute(db);
      second = await ground.textOf(id);
    });
    expect(lines(second)).toEqual([]);
    expect(lines(await ground.textOf(id))).toEqual(['early,']);
  });

  it('does not move on when its file was not stored', async () => {
    const { id } = await ground.define(dataset.name, { mode: 'incremental' });
    ground.s3.failWhen = ({ method }) => method === 'PUT';
    const { jobId } = await runExport(ground.session, id);
    await ground.stack.jobUntil(jobId, ({ attempts }) => attempts > 0);
    ground.s3.failWhen = () => false;
    const { result } = await ground.stack.jobDone(jobId);
    expect(artifactsIn(result)[0]?.rows).toBe(3);
  });

  it.each([{ filter: null }, { columns: [{ source: 'code' }] }])(
    'starts over when it is given %j',
    async (patch) => {
      const filter = { field: 'code', op: 'eq', value: 'a' };
      const { id } = await ground.define(dataset.name, { mode: 'incremental', filter });
      await ground.textOf(id);
      await updateExport(ground.session, id, { name: 'Renamed' });
      expect(lines(await ground.textOf(id))).toEqual([]);
      await updateExport(ground.session, id, patch);
      expect(lines(await ground.textOf(id))).toHaveLength(patch.filter === null ? 3 : 1);
    },
  );

  it('is not delivered by a first run whose filter was changed while it ran', async () => {
    const filter = { field: 'code', op: 'eq', value: 'a' };
    const { id } = await ground.define(dataset.name, { mode: 'incremental', filter });
    let changed: Promise<unknown> | undefined;
    ground.s3.failWhen = async () => {
      changed ??= updateExport(ground.session, id, { filter: null });
      await changed;
      return false;
    };
    const { status, error } = await ground.runToEnd(id);
    expect({ status, code: error?.code }).toEqual({ status: 'failed', code: 'conflict' });
    expect(lines(await ground.textOf(id))).toHaveLength(3);
  });

  it('starts over when it is given another dataset', async () => {
    const { id } = await ground.define(dataset.name, { mode: 'incremental' });
    await ground.textOf(id);
    const other = await ground.dataset(codes.columns, [['z', '1']]);
    await updateExport(ground.session, id, { dataset: other.name });
    expect(lines(await ground.textOf(id))).toEqual(['z,1']);
  });
});
