import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseViews } from '#lib/datasets/database-views.ts';
import { createDataset, listDatasets, updateDataset } from '#lib/datasets/datasets.ts';
import { editRow } from '#lib/datasets/edit-row.ts';
import { datasetsOverview } from '#lib/datasets/overview.ts';
import { findDataset } from '#lib/datasets/registry.ts';
import { listRows } from '#lib/datasets/rows.ts';
import { type ViewInput, viewSchema } from '#lib/datasets/schema.ts';
import { unregisterView } from '#lib/datasets/unregister.ts';
import { asMember } from '#lib/db/as-member.ts';
import { checkDefinition } from '#lib/exports/check.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { planQuery } from '#lib/exports/query/plan.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';
import { ask } from '#tests/lib/exports/query/ask.ts';
import { signUp } from '#tests/support/people.ts';

let ground: Ground;
let theirs: string;
beforeAll(async () => {
  ground = await freshGround();
  theirs = (await signUp(ground.admin)).workspaceId;
  await ground.admin.query('create schema app; grant usage on schema app to entrepot_member');
});
afterAll(() => ground.close());

beforeEach(() =>
  ground.admin.query(`
    drop schema app cascade; create schema app; grant usage on schema app to entrepot_member;
    create type app.size as enum ('small', 'large');
    create table app.things (
      workspace_id uuid, id int, name varchar(20), size app.size, price float8, tags text[], at timestamp, data json, code uuid);
    insert into app.things values
      ('${ground.session.workspaceId}', 2, 'two', 'large', 0.30000000000000004, '{a,b}', '2024-01-01 10:00:00.5', '{"a": 1}', null),
      ('${ground.session.workspaceId}', 1, 'one', 'small', 1e-7, null, null, null, '6f1c4a4e-8f2e-4a53-9c39-0d3f7c1d2b11'),
      ('${ground.session.workspaceId}', 2, 'two', 'large', 0.30000000000000004, '{a,b}', '2024-01-01 10:00:00.5', '{"a": 1}', null),
      ('${theirs}', 3, 'theirs', null, 3, null, null, null, null);
    grant select on app.things to entrepot_member;
    create view app.shown with (security_invoker = true) as select * from app.things;
    grant select on app.shown to entrepot_member`),
);

let made = 0;
function register(input: Partial<ViewInput> = {}) {
  const name = `shown_${++made}`;
  return createDataset(
    ground.session,
    viewSchema.parse({ kind: 'view', name, label: 'Shown', view: 'app.shown', ...input }),
  );
}

describe('a view as a dataset', () => {
  it('has the columns of the catalogue, with the labels that it was given', async () => {
    expect(await register()).toMatchObject({
      kind: 'view',
      key: [],
      relations: [],
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'name', type: 'text' },
        { name: 'size', type: 'text' },
        { name: 'price', type: 'decimal' },
        { name: 'tags', type: 'json' },
        { name: 'at', type: 'timestamp' },
        { name: 'data', type: 'json' },
        { name: 'code', type: 'text' },
      ],
    });
    const chosen = [{ name: 'price', label: 'Price' }, { name: 'id' }];
    expect((await register({ columns: chosen, key: ['id'] })).columns).toEqual([
      { name: 'price', label: 'Price', type: 'decimal' },
      { name: 'id', type: 'integer' },
    ]);
  });

  it('is exported with the rows of the own workspace alone, every digit, in the same order each time', async () => {
    const { name } = await register();
    const dataset = await asMember(ground.session, (tx) => findDataset(tx, name));
    const { rows } = await ask(ground, dataset, {});
    const two = [
      '2',
      'two',
      'large',
      '0.30000000000000004',
      '["a", "b"]',
      '2024-01-01T10:00:00.5Z',
      '{"a": 1}',
      null,
    ];
    expect(rows).toEqual([
      ['1', 'one', 'small', '0.0000001', null, null, null, '6f1c4a4e-8f2e-4a53-9c39-0d3f7c1d2b11'],
      two,
      two,
    ]);
    const counted = { groupBy: [{ field: 'size' }], aggregates: [{ function: 'sum', field: 'price' }] };
    expect((await ask(ground, dataset, counted)).rows).toEqual([
      ['large', '0.60000000000000008'],
      ['small', '0.0000001'],
    ]);
  });

  it('is listed, a page at a time', async () => {
    const { name } = await register();
    const first = await listRows(ground.session, name, { limit: 2, sort: 'id:desc' });
    expect(first.items).toMatchObject([{ id: 2 }, { id: 2 }]);
    const rest = await listRows(ground.session, name, {
      limit: 2,
      sort: 'id:desc',
      cursor: first.nextCursor ?? '',
    });
    expect(rest).toMatchObject({ items: [{ id: 1, price: '0.0000001' }], nextCursor: null });
    await expect(listRows(ground.session, name, { limit: 2, cursor: 'x' })).rejects.toThrow('cursor');
    const sought = { search: 'ON', filter: { field: 'id', op: 'eq' as const, value: 1 } };
    expect((await listRows(ground.session, name, { limit: 9, ...sought })).items.length).toBe(1);
  });

  it('is led to by relations, and leads on', async () => {
    const { name } = await register({ key: ['id'] });
    const orders = await ground.dataset([{ name: 'thing', type: 'integer' }], [['1'], ['2'], ['9']]);
    const relation = {
      name: 'it',
      dataset: name,
      kind: 'one' as const,
      columns: [{ from: 'thing', to: 'id' }],
    };
    await updateDataset(ground.session, orders.name, { relations: [{ ...relation, sameSource: false }] });
    const related = await asMember(ground.session, (tx) => findDataset(tx, orders.name));
    const columns = [{ source: 'thing' }, { source: 'it.name' }];
    expect((await ask(ground, related, { columns })).rows).toEqual([
      ['1', 'one'],
      ['2', 'two'],
      ['9', null],
    ]);
    const back = {
      name: 'orders',
      dataset: orders.name,
      kind: 'many' as const,
      columns: [{ from: 'id', to: 'thing' }],
    };
    await updateDataset(ground.session, name, { relations: [{ ...back, sameSource: false }] });
    const view = await asMember(ground.session, (tx) => findDataset(tx, name));
    const counts = {
      groupBy: [{ field: 'name' }],
      aggregates: [{ function: 'countDistinct', field: 'orders.thing' }],
    };
    expect((await ask(ground, view, counts)).rows).toEqual([
      ['one', '1'],
      ['two', '1'],
    ]);
  });

  it('names each of its rows, equal ones too, the same each time', async () => {
    for (const key of [[], ['name']]) {
      const { name } = await register({ key });
      const keysOf = () =>
        asMember(ground.session, async (tx) => {
          const dataset = await findDataset(tx, name);
          const plan = await planQuery(
            tx,
            exportDefinition.parse({ name, dataset: name }),
            dataset,
            ground.session,
          );
          const { rows } = await sql<{ key: string }>`${plan.keyed()}`.execute(tx.db);
          return rows.map((row) => row.key);
        });
      const keys = await keysOf();
      expect(new Set(keys).size).toBe(3);
      expect(await keysOf()).toEqual(keys);
    }
  });

  it('is not written to, and exported in full or by its differences alone', async () => {
    const { name } = await register();
    const row = { sourceId: null, stream: '', externalId: '1' };
    await expect(editRow(ground.session, name, { row, fields: { name: 'x' } })).rejects.toThrow('is a view');
    const definition = exportDefinition.parse({ name: 'test', dataset: name, mode: 'incremental' });
    await expect(
      asMember(ground.session, (tx) => checkDefinition(tx, ground.session, definition)),
    ).rejects.toMatchObject({ fields: { mode: expect.any(String) } });
  });

  it('outlives its view: what reads it says so, everything else goes on', async () => {
    const { name } = await register();
    const dataset = await asMember(ground.session, (tx) => findDataset(tx, name));
    await ground.admin.query('drop view app.shown');
    await expect(listRows(ground.session, name, { limit: 1 })).rejects.toThrow(/"app.shown".* is gone/);
    await expect(ask(ground, dataset, {})).rejects.toThrow(/"app.shown".* is gone/);
    expect((await listDatasets(ground.session)).items.map((one) => one.name)).toContain(name);
    const overview = await datasetsOverview(ground.session);
    expect(overview.find((one) => one.name === name)?.problem).toContain('is gone');
    await ground.admin.query(
      'create view app.shown with (security_invoker) as select workspace_id, id, name from app.things; grant select on app.shown to entrepot_member',
    );
    await expect(ask(ground, dataset, {})).rejects.toThrow('has no column "size" of the type text any more');
  });
});

describe('a view that one workspace alone cannot be shown', () => {
  it.each([
    ['select 1', 'app.nothing', /there is no view/],
    ['select 1', 'app.things', /is not a view/],
    ['alter view app.shown reset (security_invoker)', 'app.shown', /set \(security_invoker = true\)/],
    ['revoke select on app.shown from entrepot_member', 'app.shown', /grant usage on its schema and select/],
    ['revoke select on app.things from entrepot_member', 'app.shown', /grant select on all that it reads/],
    [
      'create view app.other with (security_invoker) as select id from app.things; grant select on app.other to entrepot_member',
      'app.other',
      /column workspace_id of the type uuid/,
    ],
  ])('is refused with what to do: %s', async (change, view, reason) => {
    await ground.admin.query(change);
    await expect(register({ view })).rejects.toMatchObject({
      fields: { view: expect.stringMatching(reason) },
    });
  });

  it.each([
    [{ columns: [{ name: 'none' }] }, 'columns.0.name'],
    [{ key: ['data'] }, 'key.0'],
    [{ columns: [{ name: 'id' }], key: ['name'] }, 'key.0'],
    [{ columns: [{ name: 'price', currency: 'id' }, { name: 'id' }] }, 'columns.0.currency'],
  ])('or with %j, which it has not', async (wrong, field) => {
    await expect(register(wrong)).rejects.toMatchObject({ fields: { [field]: expect.any(String) } });
  });

  it('is found in the database all the same, with what to do', async () => {
    await ground.admin.query(`
      create view app.bare with (security_invoker) as select workspace_id from app.things;
      grant select on app.bare to entrepot_member;
      create view app.open as select * from app.things;
      create view app."odd.name" as select 1 as id;
      create schema if not exists hidden;
      create or replace view hidden.away as select 1 as id`);
    const { name } = await register();
    const { items } = await databaseViews(ground.session);
    const inApp = items.filter(({ view }) => !view.startsWith('public.'));
    expect(inApp).toMatchObject([
      { view: 'app.bare', columns: [], problem: 'the view has no column beside workspace_id' },
      { view: 'app.open', problem: expect.stringContaining('set (security_invoker = true)') },
      { view: 'app.shown', problem: null, datasets: expect.arrayContaining(['Shown']) },
    ]);
    expect(inApp.at(-1)?.columns[0]).toEqual({ name: 'id', type: 'integer' });
    await unregisterView(ground.session, name);
    await ground.admin.query('revoke select on app.things from entrepot_member');
    const { items: revoked } = await databaseViews(ground.session);
    expect(revoked.find(({ view }) => view === 'app.shown')?.problem).toContain('grant select on all');
  });

  it('or under a name that is taken', async () => {
    const { name } = await register();
    await expect(register({ name })).rejects.toMatchObject({ code: 'conflict' });
  });
});
