import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { createDataset, listDatasets } from '#lib/datasets/datasets.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
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
async function walk(limit: number, query: { sort?: string; search?: string } = {}) {
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
    expect(made).toEqual({ id: expect.any(String), kind: 'made', ...input });
    expect(await listRows(ground.session, 'zipcodes', { limit: 50 })).toEqual({
      items: [],
      nextCursor: null,
    });
    await expect(createDataset(ground.session, input)).rejects.toMatchObject({ code: 'conflict' });
  });
});
