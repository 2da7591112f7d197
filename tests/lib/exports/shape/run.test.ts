import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { layRunGround, type RunGround } from '#tests/lib/exports/run-ground.ts';

const columns: Column[] = [
  { name: 'number', type: 'text' },
  { name: 'buyer', type: 'text', personal: true },
  { name: 'note', type: 'text' },
  { name: 'lines', type: 'json' },
];
const rows: CellText[][] = [
  ['1', 'Anna', null, '[{"sku":"a"},{"sku":"b"}]'],
  ...Array.from({ length: 19 }, (_, at) => [`${at + 2}`, 'Bo', 'x', '[{"sku":"c"}]']),
];

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
  dataset = await ground.dataset(columns, rows);
});
afterAll(() => ground.close());

/** What was stored under names that end like that, as text. */
function stored(end: string): string[] {
  return [...ground.s3.objects].filter(([name]) => name.endsWith(end)).map(([, bytes]) => String(bytes));
}

it('a run writes what the columns become, and its manifest says what is masked and cut', async () => {
  const { id } = await ground.define(dataset.name, {
    columns: [
      { source: 'number', transform: { name: 'concat', options: { columns: ['note'], separator: '-' } } },
      { source: 'buyer' },
      { source: 'lines', transform: { name: 'flatten', options: { most: 1 } } },
    ],
    filter: { field: 'number', op: 'in', value: ['1', '2'] },
    sort: [{ field: 'number' }],
  });
  expect(await ground.textOf(id)).toBe('number,buyer,item_1_sku\n1,***,a\n2-x,***,c\n');
  const manifest = JSON.parse(stored('.manifest.json').at(-1) ?? '');
  expect(manifest).toMatchObject({
    rows: 2,
    columns: [
      { source: 'number', header: 'number', type: 'text' },
      { source: 'buyer', header: 'buyer', type: 'text', personal: true, masked: true },
      { source: 'lines', header: 'item_1_sku', type: 'text' },
    ],
    warnings: [{ type: 'cell_cut', affectedItems: 1 }],
  });
});

it('a run that masks tells of rows that lack something without naming them', async () => {
  const { id } = await ground.define(dataset.name, { columns: [{ source: 'number' }, { source: 'note' }] });
  await ground.textOf(id);
  expect(JSON.parse(stored('.manifest.json').at(-1) ?? '').warnings).toMatchObject([
    { type: 'missing_field', examples: ['***'] },
  ]);
});

it.each(['column', 'files'])('a diff with its changes as %s is masked too', async (changesAs) => {
  const definition = { mode: 'diff', changesAs, columns: [{ source: 'buyer' }], compression: 'none' };
  const { id } = await ground.define(dataset.name, definition);
  ground.s3.objects.clear();
  expect((await ground.runToEnd(id)).status).toBe('completed');
  const files = stored('.csv').join('');
  expect(files).toContain('***');
  expect(files).not.toMatch(/Anna|Bo/);
});

it('a row that is wrong for its format leaves no file', async () => {
  const { id } = await ground.define(dataset.name, {
    columns: [{ source: 'lines' }],
    format: { type: 'csv', options: { quotes: 'none' } },
  });
  ground.s3.objects.clear();
  const { status, error } = await ground.runToEnd(id);
  expect({ status, error }).toMatchObject({ status: 'failed', error: { code: 'invalid' } });
  expect([...ground.s3.objects.keys()]).toEqual([]);
});
