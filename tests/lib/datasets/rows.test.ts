import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { countRows } from '#lib/datasets/count-rows.ts';
import { createDataset, listDatasets } from '#lib/datasets/datasets.ts';
import { type Filter, filterQuery } from '#lib/datasets/filter.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { rowOrigin } from '#lib/datasets/row-origin.ts';
import { listRows } from '#lib/datasets/rows.ts';
import { freshGround, type Ground } from '#tests/lib/exports/arrange.ts';
import { signUp } from '#tests/support/people.ts';

const rows: CellText[][] = [
  ['1', 'b', '1.5', 'true', '2024-01-01T00:00:00Z', '{"n": 1.10}'],
  ['2', null, '9007199254740993.1', 'false', '0001-01-01T00:00:00Z', null],
  ['3', 'B', null, null, null, null],
  ['4', '100%', '1.50', 'true', '2024-01-01T00:00:00.5Z', '[]'],
  ['9007199254740993', 'b', '-3', 'false', '9999-12-31T23:59:59.999999Z', '1'],
];

let ground: Ground;
let dataset: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  dataset = await ground.dataset(
    [
      { name: 'id', type: 'integer' },
      { name: 'word', type: 'text' },
      { name: 'price', type: 'decimal' },
      { name: 'active', type: 'boolean' },
      { name: 'at', type: 'timestamp' },
      { name: 'data', type: 'json' },
    ],
    rows,
  );
});
afterAll(() => ground.close());

/** Every id in the order of the pages, and how many pages it took. */
async function walk(limit: number, query: { sort?: string; search?: string; filter?: Filter } = {}) {
  const ids: unknown[] = [];
  let pages = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await listRows(ground.session, dataset.name, { limit, cursor, ...query });
    ids.push(...page.items.map((item) => (item as { id: unknown }).id));
    pages++;
    if (page.nextCursor === null) return { ids, pages };
    cursor = page.nextCursor;
  }
}

async function addSource({ session, admin }: Ground): Promise<string> {
  const { rows } = await admin.query(
    `insert into external_data_sources (workspace_id, source_type, display_name, config) values ($1, 'csv', 'Zip codes', '{}')
     returning id`,
    [session.workspaceId],
  );
  return rows[0].id;
}

const big = '9007199254740993';

describe('the rows of a dataset', () => {
  it('are values as JSON writes them', async () => {
    const { items } = await listRows(ground.session, dataset.name, { limit: 2 });
    expect(JSON.stringify(items)).toBe(
      '[{"id":1,"word":"b","price":"1.5","active":true,"at":"2024-01-01T00:00:00Z","data":{"n":1.10}},' +
        '{"id":2,"word":null,"price":"9007199254740993.1","active":false,"at":"0001-01-01T00:00:00Z","data":null}]',
    );
  });

  it.each<[string | undefined, unknown[]]>([
    [undefined, [1, 2, 3, 4, big]],
    ['word:asc', [4, 3, 1, big, 2]],
    ['word:desc', [1, big, 3, 4, 2]],
    ['price:asc', [big, 1, 4, 2, 3]],
    ['price', [big, 1, 4, 2, 3]],
    ['active:desc', [1, 4, 2, big, 3]],
    ['at:asc', [2, 1, 4, big, 3]],
    ['id:desc', [big, 4, 3, 2, 1]],
  ])('sorted by %s come each once, whatever the size of a page', async (sort, ids) => {
    for (const limit of [1, 2, 5]) {
      const walked = await walk(limit, sort === undefined ? {} : { sort });
      expect(walked).toEqual({ ids, pages: Math.ceil(rows.length / limit) });
    }
  });

  it.each(['cells', 'position', 'live', 'case'])('are sorted by a column named %s', async (name) => {
    const odd = await ground.dataset([{ name, type: 'integer' }], [['2'], ['10'], ['1']]);
    const { items } = await listRows(ground.session, odd.name, { limit: 5, sort: `${name}:desc` });
    expect(items).toEqual([{ [name]: 10 }, { [name]: 2 }, { [name]: 1 }]);
  });

  it('are found by any part of a text, whatever the case', async () => {
    expect((await walk(10, { search: 'b' })).ids).toEqual([1, 3, big]);
    expect((await walk(10, { search: '%' })).ids).toEqual([4]);
    expect((await walk(10, { search: '_' })).ids).toEqual([]);
  });

  it('are those that pass a filter, page by page, and as many as are counted', async () => {
    const filter: Filter = { not: { field: 'price', op: 'gt', value: '1.5' } };
    for (const limit of [1, 5])
      expect((await walk(limit, { filter, sort: 'price:desc' })).ids).toEqual([1, 4, big]);
    expect(await countRows(ground.session, dataset.name, { filter })).toEqual({ total: 3, isExact: true });
    expect((await walk(5, { filter, search: 'B' })).ids).toEqual([1, big]);
    expect(await countRows(ground.session, dataset.name, { filter, search: 'B' })).toMatchObject({
      total: 2,
    });
    expect(await countRows(ground.session, dataset.name, {})).toEqual({ total: rows.length, isExact: true });
  });

  it.each<[Filter, string]>([
    [{ and: [{ field: 'gone', op: 'isNull' }] }, 'filter.and.0.field'],
    [{ field: 'price', op: 'contains', value: '1' }, 'filter.op'],
    [{ not: { field: 'at', op: 'lt', value: '2024-01-01T00:00:00+23:00' } }, 'filter.not.value'],
  ])('are not looked for by %j, which names %s', async (filter, place) => {
    const refused = { code: 'invalid', fields: { [place]: expect.any(String) } };
    await expect(listRows(ground.session, dataset.name, { limit: 1, filter })).rejects.toMatchObject(refused);
    await expect(countRows(ground.session, dataset.name, { filter })).rejects.toMatchObject(refused);
  });

  it.each(['', '{', '"word"', '{"field":"word"}'])('do not take %j for a filter', (text) => {
    expect(filterQuery.safeParse(text).success).toBe(false);
  });

  it('say where they come from where that is asked for', async () => {
    const sourceId = await addSource(ground);
    const synced = await ground.dataset([{ name: 'id', type: 'integer' }], [['1'], ['2']]);
    const { schema, name } = synced.table;
    await ground.admin.query(
      `update ${schema}.${name} set source_id = $1, stream = 's', source_system = 'csv',
         synced_at = '2026-01-31T08:00:00.5Z' where id = 2`,
      [sourceId],
    );
    const { items, origins } = await listRows(ground.session, synced.name, {
      limit: 5,
      sort: 'id:asc',
      origins: true,
    });
    expect(items).toEqual([{ id: 1 }, { id: 2 }]);
    expect(origins).toEqual([
      {
        source: null,
        stream: '',
        externalId: '000000',
        sourceSystem: 'manual',
        syncedAt: expect.any(String),
        edits: {},
      },
      {
        source: { id: sourceId, name: 'Zip codes' },
        stream: 's',
        externalId: '000001',
        sourceSystem: 'csv',
        syncedAt: '2026-01-31T08:00:00.5Z',
        edits: {},
      },
    ]);
    expect(rowOrigin.array().parse(origins)).toEqual(origins);
    expect(await listRows(ground.session, synced.name, { limit: 5 })).not.toHaveProperty('origins');
  });

  it.each([['gone:asc'], ['data:asc'], ['word:sideways'], ['']])('cannot be sorted by %j', async (sort) => {
    await expect(listRows(ground.session, dataset.name, { limit: 1, sort })).rejects.toMatchObject({
      code: 'invalid',
      fields: { sort: expect.any(String) },
    });
  });

  it.each(['', 'x', 'W10', 'WyJhIiwiYiIsImMiXQ'])('do not go on from the cursor %j', async (cursor) => {
    await expect(listRows(ground.session, dataset.name, { limit: 1, cursor })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('are not another workspace’s to see', async () => {
    const stranger = await signUp(ground.admin);
    await expect(listRows(stranger, dataset.name, { limit: 1 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(countRows(stranger, dataset.name, {})).rejects.toMatchObject({ code: 'not_found' });
    const { items } = await listDatasets(stranger);
    expect(items.map(({ name }) => name)).not.toContain(dataset.name);
  });
});

describe('a new dataset', () => {
  const input = {
    name: 'zipcodes',
    label: 'Zip codes',
    key: ['zip'],
    columns: [{ name: 'zip', type: 'text' as const }],
  };

  it('is there to read at once, and its name is taken', async () => {
    const made = await createDataset(ground.session, input);
    expect(made).toEqual({
      id: expect.any(String),
      kind: 'made',
      relations: [],
      updatedAt: made.updatedAt,
      ...input,
    });
    expect(await listRows(ground.session, 'zipcodes', { limit: 50 })).toEqual({
      items: [],
      nextCursor: null,
    });
    await expect(createDataset(ground.session, input)).rejects.toMatchObject({ code: 'conflict' });
  });
});
