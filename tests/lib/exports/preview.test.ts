import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { previewExport } from '#lib/exports/preview.ts';
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
