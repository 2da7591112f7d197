import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { deleteExport, duplicateExport, updateExport } from '#lib/exports/exports.ts';
import { exportsOverview, rowsPerRun } from '#lib/exports/overview.ts';
import { runExport } from '#lib/exports/runs.ts';
import { layRunGround, type RunGround } from './run-ground.ts';

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  dataset = await ground.newCodes();
});

describe('a saved export', () => {
  it('is changed by a merge, in which null takes a field away', async () => {
    const { id } = await ground.define(dataset.name, {
      limit: 1,
      filter: { field: 'code', op: 'eq', value: 'a' },
    });
    const changed = await updateExport(ground.session, id, { name: 'New', filter: null, limit: 2 });
    expect(changed).toMatchObject({ id, name: 'New', limit: 2, dataset: dataset.name });
    expect(changed.filter).toBeUndefined();
  });

  it.each([
    [{ filter: { field: 'gone', op: 'isNull' } }, 'filter.field'],
    [{ columns: [{ source: 'gone' }] }, 'columns.0.source'],
    [{ sort: [{ field: 'gone' }] }, 'sort.0.field'],
    [{ dataset: 'none' }, 'dataset'],
    [{ id: 'x' }, 'id'],
  ])('cannot be changed to %j', async (patch, field) => {
    const { id } = await ground.define(dataset.name);
    const refused = expect.objectContaining({ code: 'invalid', fields: { [field]: expect.any(String) } });
    await expect(updateExport(ground.session, id, patch)).rejects.toThrow(refused);
  });

  it('is duplicated under the name of a copy, however long its name', async () => {
    const original = await ground.define(dataset.name, { limit: 7, compression: 'gzip' });
    const copy = await duplicateExport(ground.session, original.id);
    expect(copy.id).not.toBe(original.id);
    expect(copy).toMatchObject({ name: 'Über Alaska! copy', limit: 7, compression: 'gzip' });
    const long = await updateExport(ground.session, copy.id, { name: 'n'.repeat(200) });
    const again = await duplicateExport(ground.session, long.id);
    expect(again.name).toHaveLength(200);
    expect(again.name).toMatch(/n copy$/);
  });

  it('stands in the overview with its latest run', async () => {
    const never = await ground.define(dataset.name);
    const twice = await ground.define(dataset.name);
    await ground.artifactOf(twice.id);
    const latest = await ground.artifactOf(twice.id);
    const { items } = await exportsOverview(ground.session, { limit: 2 });
    expect(items.map(({ id }) => id)).toEqual([twice.id, never.id]);
    expect(items[0]?.lastRun).toMatchObject({ status: 'completed', artifacts: [{ id: latest.id, rows: 3 }] });
    expect(items[1]?.lastRun).toBeNull();
    expect((await rowsPerRun(ground.session, twice.id)).map(({ rows }) => rows)).toEqual([3, 3]);
    expect(await rowsPerRun(ground.session, never.id)).toEqual([]);
  });

  it('is not there once it is deleted', async () => {
    const { id } = await ground.define(dataset.name);
    await deleteExport(ground.session, id);
    await expect(runExport(ground.session, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
