import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { createExport } from '#lib/exports/exports.ts';
import { previewExport, runWarnings } from '#lib/exports/preview.ts';
import { join, signUp } from '#tests/support/people.ts';
import { freshGround, type Ground } from './arrange.ts';

let ground: Ground;
let dataset: Dataset;
beforeAll(async () => {
  ground = await freshGround();
  dataset = await ground.dataset(
    [
      { name: 'code', type: 'text', label: 'Code' },
      { name: 'count', type: 'integer' },
      { name: 'price', type: 'decimal' },
      { name: 'data', type: 'json' },
    ],
    [
      ['007', '9007199254740993', '1.50', '{"n": 1.10}'],
      ['', '2', null, null],
      ['=1', null, '3', '[]'],
    ],
  );
});
afterAll(() => ground.close());

function preview(definition: object = {}) {
  const full = exportDefinition.parse({ name: 'x', dataset: dataset.name, ...definition });
  return previewExport(ground.session, full);
}

describe('a preview', () => {
  it('shows the first rows as values and as the file begins', async () => {
    const shown = await preview({ columns: [{ source: 'code', header: 'SKU' }, { source: 'count' }] });
    expect(shown.columns).toEqual([
      { source: 'code', header: 'SKU', type: 'text', label: 'Code' },
      { source: 'count', header: 'count', type: 'integer' },
    ]);
    expect(shown.rows).toEqual([
      { SKU: '007', count: '9007199254740993' },
      { SKU: '', count: 2 },
      { SKU: '=1', count: null },
    ]);
    expect(shown.text).toBe('SKU,count\n007,9007199254740993\n"",2\n\'=1,\n');
    expect(shown.estimatedRows).toBe(3);
  });

  it('keeps every digit of a json column', async () => {
    const { rows } = await preview({ columns: [{ source: 'data' }], limit: 1 });
    expect(JSON.stringify(rows)).toBe('[{"data":{"n":1.10}}]');
  });

  it('counts the rows that a filter can never find, because they hold nothing there', async () => {
    const shown = await preview({
      filter: { and: [{ not: { field: 'count', op: 'gt', value: 5 } }, { field: 'price', op: 'isNull' }] },
    });
    expect(shown.estimatedRows).toBe(1);
    expect(shown.nullCounts).toEqual({ count: 1 });
  });

  it('guesses the rows of a filter that takes long to count', async () => {
    const slow = await ground.dataset([{ name: 'n', type: 'integer' }], [['1'], ['2']]);
    await ground.admin.query(
      `create policy slowly on data.${slow.table.name} as restrictive for select to entrepot_member
       using (case when current_query() like '%as counted' then pg_sleep(30) is not null else true end)`,
    );
    const { rows, estimatedRows } = await preview({ dataset: slow.name });
    expect(rows).toHaveLength(2);
    expect(estimatedRows).toBeGreaterThan(0);
  });

  it('says nothing of how long a run takes that is soon done', async () => {
    expect((await preview({ columns: [{ source: 'count' }] })).warnings).toEqual([]);
  });

  it('tells of cells that are not written as they are, and how large the file will be', async () => {
    const shown = await preview({ columns: [{ source: 'code' }] });
    expect(shown.warnings).toEqual([
      'Among the first 3 rows: One cell of “code” begins like a formula: a mark before it keeps spreadsheets from running it.',
    ]);
    expect(shown.estimatedBytes).toBe('code\n007\n""\n\'=1\n'.length);
  });

  it('has no text of a format that is none', async () => {
    const shown = await preview({ format: { type: 'xlsx' } });
    expect(shown.text).toBeNull();
    expect(shown.estimatedBytes).toBeGreaterThan(1_000);
  });

  it('of a definition that does not fit names the place', async () => {
    await expect(preview({ columns: [{ source: 'gone' }] })).rejects.toMatchObject({
      code: 'invalid',
      fields: { 'columns.0.source': expect.stringContaining('gone') },
    });
  });

  it('is for those who could save the definition, as it may show personal data', async () => {
    const { userId } = await signUp(ground.admin);
    const viewer = await join(ground.admin, userId, ground.session.workspaceId, 'viewer');
    const shows = exportDefinition.parse({ name: 'x', dataset: dataset.name, personal: 'show' });
    await expect(previewExport(viewer, shows)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('shows a long text of rows no further than twenty', async () => {
    const long = await ground.dataset(
      [{ name: 'n', type: 'integer' }],
      Array.from({ length: 25 }, (_, n) => [`${n}`]),
    );
    const { rows, estimatedRows } = await preview({ dataset: long.name });
    expect(rows).toHaveLength(20);
    expect(estimatedRows).toBe(25);
  });
});

describe('a preview has what the files of a run have', () => {
  const LATER = 'Only a run knows what has changed since the last delivery';

  it('of a diff what its first run says of every row, and that only a run knows more', async () => {
    const shown = await preview({ mode: 'diff', columns: [{ source: 'count' }] });
    expect(shown.columns.map(({ header }) => header)).toEqual(['_change', 'count']);
    expect(shown.rows[1]).toEqual({ _change: 'added', count: 2 });
    expect(shown.text).toBe('_change,count\nadded,9007199254740993\nadded,2\nadded,\n');
    expect(shown.warnings).toEqual([expect.stringContaining(LATER)]);
  });

  it('of a diff in three files no column that says it', async () => {
    const shown = await preview({ mode: 'diff', changesAs: 'files', columns: [{ source: 'count' }] });
    expect(shown.text).toBe('count\n9007199254740993\n2\n\n');
    expect(shown.warnings).toEqual([expect.stringContaining(LATER)]);
  });

  it('of an incremental export all rows, and that later runs give fewer', async () => {
    const shown = await preview({ mode: 'incremental', columns: [{ source: 'count' }] });
    expect(shown.rows).toHaveLength(3);
    expect(shown.warnings).toEqual([expect.stringContaining('each later one')]);
  });

  it('which says nothing of the kind where a saved export is about to run', async () => {
    const columns = [{ source: 'count' }];
    const diff = exportDefinition.parse({ name: 'x', dataset: dataset.name, mode: 'diff', columns });
    expect(await runWarnings(ground.session, await createExport(ground.session, diff))).toEqual([]);
  });

  it('without the columns that name their folders', async () => {
    const partitioned = { partitionBy: ['count'], columns: [{ source: 'code' }, { source: 'price' }] };
    const shown = await preview(partitioned);
    expect(shown.columns.map(({ header }) => header)).toEqual(['code', 'price']);
    expect(shown.rows[0]).toEqual({ code: '', price: null });
    expect(shown.text).toBe('code,price\n"",\n007,1.50\n\'=1,3\n');
  });

  it('with as many columns of lists as the longest of all rows has items', async () => {
    const lists = await ground.dataset(
      [
        { name: 'n', type: 'integer' },
        { name: 'list', type: 'json' },
      ],
      [],
    );
    await ground.admin.query(
      `insert into data.${lists.table.name} (workspace_id, external_id, n, list)
       select $1, n::text, n, (case when n < 1100 then '[{"a": 1}]' else '[{"a": 1}, {"b": 2}, {}]' end)::jsonb
       from generate_series(1, 1100) n`,
      [ground.session.workspaceId],
    );
    const transform = { name: 'flatten', options: { most: 2 } };
    const shown = await preview({
      dataset: lists.name,
      columns: [{ source: 'list', transform }],
      sort: [{ field: 'n' }],
    });
    const headers = ['item_1_a', 'item_1_b', 'item_2_a', 'item_2_b'];
    expect(shown.columns.map(({ header }) => header)).toEqual(headers);
    expect(shown.warnings).toEqual([expect.stringMatching(/^One row has more than 2 items/)]);
  });

  it.each(['gzip', 'zip'])('with the size that %s leaves of them', async (compression) => {
    const alike = await ground.dataset(
      [{ name: 'text', type: 'text' }],
      Array.from({ length: 40 }, () => ['the same words again and again, the same words again and again']),
    );
    const { estimatedBytes: plain } = await preview({ dataset: alike.name });
    const { estimatedBytes } = await preview({ dataset: alike.name, compression });
    expect(estimatedBytes).toBeLessThan(plain / 5);
  });
});
