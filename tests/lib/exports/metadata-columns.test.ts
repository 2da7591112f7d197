import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { previewExport } from '#lib/exports/preview.ts';
import { insertRow, planOf } from './arrange.ts';
import { layRunGround, type RunGround } from './run-ground.ts';

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  dataset = await ground.newCodes();
  await ground.admin.query(`update ${table()} set synced_at = '2026-01-31 23:30:00.5Z'`);
});

const table = () => `data.${dataset.table.name}`;
const lines = (text: string) => text.trim().split('\n');
const sources = (...names: string[]) => names.map((source) => ({ source }));

describe('what is known of a row beside its columns', () => {
  it('is its status, its identifier and when it was extracted, under just these names', async () => {
    const { id } = await ground.define(dataset.name, {
      mode: 'incremental',
      columns: sources('code', '_status', '_identifier', '_extractedAt'),
      sort: [{ field: '_identifier' }],
    });
    expect(lines(await ground.textOf(id))).toEqual([
      'code,_status,_identifier,_extractedAt',
      'b,new,000000,2026-01-31T23:30:00.5Z',
      'a,new,000001,2026-01-31T23:30:00.5Z',
      'c,new,000002,2026-01-31T23:30:00.5Z',
    ]);
    await ground.admin.query(`update ${table()} set amount = 7, synced_at = '2026-02-01Z' where code = 'a'`);
    await insertRow(ground.session, dataset, ['d', '4'], '1');
    await ground.admin.query(`update ${table()} set synced_at = '2026-02-02Z' where code = 'd'`);
    expect(lines(await ground.textOf(id)).slice(1)).toEqual([
      'a,updated,000001,2026-02-01T00:00:00Z',
      'd,new,1,2026-02-02T00:00:00Z',
    ]);
  });

  it('is typed and labelled, and takes transforms and headers of its own', async () => {
    const definition = exportDefinition.parse({
      name: 'test',
      dataset: dataset.name,
      columns: [
        { source: '_identifier', header: 'Key' },
        { source: '_extractedAt', transform: { name: 'formatDate', options: { pattern: 'YYYY' } } },
        { source: '_extractedAt', header: 'at' },
      ],
      sort: [{ field: '_extractedAt', direction: 'desc' }, { field: '_identifier' }],
      format: { type: 'ndjson' },
    });
    const { columns, rows } = await previewExport(ground.session, definition);
    expect(rows[0]).toEqual({ Key: '000000', _extractedAt: '2026', at: '2026-01-31T23:30:00.5Z' });
    expect(columns).toMatchObject([
      { source: '_identifier', header: 'Key', type: 'text', label: 'Identifier' },
      { source: '_extractedAt', type: 'text', label: 'Extracted at' },
      { source: '_extractedAt', header: 'at', type: 'timestamp', label: 'Extracted at' },
    ]);
  });

  it('is masked where the key of the dataset is personal', async () => {
    const people = await ground.dataset(
      [
        { name: 'email', type: 'text', personal: true },
        { name: 'city', type: 'text' },
      ],
      [['anna@example.com', 'Bern']],
    );
    const { id } = await ground.define(people.name, { columns: sources('city', '_identifier') });
    expect(lines(await ground.textOf(id))[1]).toBe('Bern,***');
  });

  it.each(['full', 'diff'])(
    'says no status in mode %s, where nothing says what was delivered',
    async (mode) => {
      const defined = ground.define(dataset.name, { mode, columns: sources('code', '_status') });
      await expect(defined).rejects.toMatchObject({
        fields: { 'columns.1.source': expect.stringContaining('needs mode "incremental"') },
      });
    },
  );

  it('says no status in a further table', async () => {
    const further = { name: 'More', dataset: dataset.name, columns: sources('_status') };
    const defined = ground.define(dataset.name, { tables: [further], format: { type: 'xlsx' } });
    await expect(defined).rejects.toMatchObject({
      fields: { 'tables.0.columns.0.source': expect.stringContaining('needs mode "incremental"') },
    });
  });

  it('is not known of groups', async () => {
    const grouped = { groupBy: [{ field: 'code' }], columns: sources('code', '_identifier') };
    await expect(ground.define(dataset.name, grouped)).rejects.toMatchObject({
      fields: { 'columns.1.source': expect.stringContaining('gives no "_identifier"') },
    });
  });

  it('is not known of a view', () => {
    const view = { ...dataset, kind: 'view' } as const;
    const planned = () => planOf(ground.session, view, { columns: sources('_identifier') });
    expect(planned).toThrow('no column "_identifier"');
  });
});
