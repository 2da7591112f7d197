import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { noteChanges } from '#lib/exports/diff.ts';
import { updateExport } from '#lib/exports/exports.ts';
import { runExport } from '#lib/exports/runs.ts';
import { takeSnapshot } from '#lib/exports/snapshot.ts';
import { insertRow } from './arrange.ts';
import { artifactsIn, fetchFile, layRunGround, type RunGround } from './run-ground.ts';

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  dataset = await ground.newCodes();
});

const change = (statement: string) =>
  ground.admin.query(statement.replace('rows', `data.${dataset.table.name}`));
const lines = (text: string) => text.trim().split('\n').slice(1);

describe('a diff', () => {
  it('is every row at first, then what was added, changed and removed, in the order asked for', async () => {
    const { id } = await ground.define(dataset.name, { mode: 'diff', sort: [{ field: 'code' }] });
    expect(lines(await ground.textOf(id))).toEqual(['added,a,', 'added,b,2.50', 'added,c,3']);
    expect(lines(await ground.textOf(id))).toEqual([]);
    await insertRow(ground.session, dataset, ['0', '4']);
    await change(`update rows set amount = 7 where code = 'c'`);
    await change(`update rows set deleted_at = now() where code = 'b'`);
    await change(`delete from rows where code = 'a'`);
    expect(lines(await ground.textOf(id))).toEqual([
      'added,0,4',
      'changed,c,7',
      'removed,b,2.50',
      'removed,a,',
    ]);
    expect(lines(await ground.textOf(id))).toEqual([]);
  });

  it('says nothing of a row that was written anew with the same cells', async () => {
    const { id } = await ground.define(dataset.name, { mode: 'diff' });
    await ground.textOf(id);
    await change('update rows set amount = amount');
    expect(lines(await ground.textOf(id))).toEqual([]);
  });

  it('calls a row removed that no longer passes the filter, and added when it does again', async () => {
    const filter = { field: 'amount', op: 'gt', value: '1' };
    const { id } = await ground.define(dataset.name, { mode: 'diff', filter });
    await ground.textOf(id);
    await change(`update rows set amount = 0 where code = 'b'`);
    expect(lines(await ground.textOf(id))).toEqual(['removed,b,2.50']);
    await change(`update rows set amount = 9 where code = 'b'`);
    expect(lines(await ground.textOf(id))).toEqual(['added,b,9']);
  });

  it('is three files where asked for', async () => {
    const { id } = await ground.define(dataset.name, { mode: 'diff', changesAs: 'files' });
    await ground.textOf(id);
    await change(`delete from rows where code = 'b'`);
    const artifacts = artifactsIn((await ground.runToEnd(id)).result);
    const named = artifacts.map(({ fileName }) => fileName.replace(/^.*-(\w+)\.csv$/, '$1'));
    const texts = await Promise.all(artifacts.map(async (each) => (await fetchFile(each)).toString()));
    expect(Object.fromEntries(named.map((name, place) => [name, texts[place]]))).toEqual({
      added: 'code,amount\n',
      changed: 'code,amount\n',
      removed: 'code,amount\nb,2.50\n',
    });
  });

  it('works on groups, which change with their rows', async () => {
    const grouped = { groupBy: [{ field: 'code' }], aggregates: [{ function: 'sum', field: 'amount' }] };
    const { id } = await ground.define(dataset.name, { mode: 'diff', ...grouped });
    await ground.textOf(id);
    await insertRow(ground.session, dataset, ['b', '1']);
    expect(lines(await ground.textOf(id))).toEqual(['changed,b,3.50']);
  });

  it('puts the cells of removed rows under their own columns where those have changed', async () => {
    const sales = await ground.dataset(
      [
        { name: 'id', type: 'text' },
        { name: 'region', type: 'text' },
        { name: 'kind', type: 'text' },
        { name: 'count', type: 'integer' },
      ],
      [
        ['1', 'east', 'A', '1'],
        ['2', 'east', 'C', '3'],
        ['3', 'west', 'A', '10'],
        ['4', 'west', 'C', '30'],
        ['5', 'north', 'C', '5'],
      ],
    );
    const value = { function: 'sum', field: 'count' };
    const pivot = { rows: [{ field: 'region' }], column: { field: 'kind' }, value };
    const { id } = await ground.define(sales.name, { mode: 'diff', pivot });
    await ground.textOf(id);
    await ground.admin.query(`delete from data.${sales.table.name} where region = 'west'`);
    await insertRow(ground.session, sales, ['6', 'east', 'B', '2']);
    const second = await ground.textOf(id);
    expect(second).toBe('_change,region,A,B,C\nchanged,east,1,2,3\nremoved,west,10,,30\n');
    expect(lines(await ground.textOf(id))).toEqual([]);
    await ground.admin.query(`delete from data.${sales.table.name} where kind = 'A' or region = 'north'`);
    expect(await ground.textOf(id)).toBe('_change,region,B,C\nremoved,north,,5\n');
  });

  it('tells rows apart whose keys are longer than an index takes', async () => {
    const long = Array.from({ length: 300 }, () => randomUUID()).join('');
    await insertRow(ground.session, dataset, [long, '1']);
    const grouped = { groupBy: [{ field: 'code' }], aggregates: [{ function: 'sum', field: 'amount' }] };
    const { id } = await ground.define(dataset.name, { mode: 'diff', ...grouped });
    expect(lines(await ground.textOf(id))).toContain(`added,${long},1`);
    await insertRow(ground.session, dataset, [long, '2']);
    expect(lines(await ground.textOf(id))).toEqual([`changed,${long},3`]);
  });

  it('is not disturbed by a try that was given up and ends late', async () => {
    const view = await ground.define(dataset.name, { mode: 'diff', sort: [{ field: 'code' }] });
    const { workspaceId } = ground.session;
    const noted = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const givenUp = async (tx: Tx) => {
      const { plan, dataset: of } = await takeSnapshot(tx, workspaceId, view);
      await noteChanges(tx, { exportId: view.id, datasetId: of.id, workspaceId, token: 'given up', plan });
      noted.resolve();
      await released.promise;
    };
    const late = asMember(ground.session, givenUp, { isolation: 'writing snapshot' });
    await noted.promise;
    await change(`delete from rows where code = 'a'`);
    ground.s3.failWhen = () => {
      released.resolve();
      return false;
    };
    expect(lines(await ground.textOf(view.id))).toEqual(['added,b,2.50', 'added,c,3']);
    await late;
    expect(lines(await ground.textOf(view.id))).toEqual([]);
  });

  it('has columns for the lists of removed rows too', async () => {
    const lists = await ground.dataset(
      [
        { name: 'key', type: 'text' },
        { name: 'list', type: 'json' },
      ],
      [
        ['1', '["a","b","c"]'],
        ['2', '["x"]'],
      ],
    );
    const list = { source: 'list', transform: { name: 'flatten', options: {} } };
    const { id } = await ground.define(lists.name, { mode: 'diff', columns: [{ source: 'key' }, list] });
    await ground.textOf(id);
    await ground.admin.query(`delete from data.${lists.table.name} where key = '1'`);
    expect(await ground.textOf(id)).toBe('_change,key,item_1,item_2,item_3\nremoved,1,a,b,c\n');
  });

  it('warns of the rows that it tells of alone', async () => {
    for (let place = 0; place < 20; place += 1) await insertRow(ground.session, dataset, [`x${place}`, '1']);
    const { id } = await ground.define(dataset.name, { mode: 'diff' });
    expect((await ground.runToEnd(id)).warnings).toMatchObject([{ type: 'missing_field' }]);
    expect((await ground.runToEnd(id)).warnings).toEqual([]);
  });

  it('tells again what was not delivered', async () => {
    const { id } = await ground.define(dataset.name, { mode: 'diff' });
    await ground.textOf(id);
    await change(`update rows set amount = 7 where code = 'c'`);
    ground.s3.failWhen = ({ method }) => method === 'PUT' || method === 'POST';
    const { jobId } = await runExport(ground.session, id);
    await expect
      .poll(async () => (await ground.stack.jobRow(jobId)).attempts, { timeout: 10_000 })
      .toBeGreaterThan(0);
    ground.s3.failWhen = () => false;
    const { result } = await ground.stack.jobDone(jobId);
    expect(lines((await fetchFile(artifactsIn(result)[0] as never)).toString())).toEqual(['changed,c,7']);
  });

  it('starts over where another dataset has taken the place of its own', async () => {
    const { id } = await ground.define(dataset.name, { mode: 'diff' });
    await ground.textOf(id);
    const other = await ground.dataset(dataset.columns, [['z', '1']]);
    await ground.admin.query('update exports set dataset = $2 where id = $1', [id, other.name]);
    expect(lines(await ground.textOf(id))).toEqual(['added,z,1']);
    expect(lines(await ground.textOf(id))).toEqual([]);
  });

  it.each([
    { columns: [{ source: 'code' }] },
    { filter: { field: 'code', op: 'ne', value: 'a' } },
    { mode: 'full' },
  ])('starts over when it is given %j', async (patch) => {
    const { id } = await ground.define(dataset.name, { mode: 'diff' });
    await ground.textOf(id);
    await updateExport(ground.session, id, patch);
    await updateExport(ground.session, id, { mode: 'diff' });
    expect(lines(await ground.textOf(id)).every((line) => line.startsWith('added,'))).toBe(true);
    expect(lines(await ground.textOf(id))).toEqual([]);
  });
});
