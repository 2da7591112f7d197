import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExport, updateExport } from '#lib/exports/exports.ts';
import { previewExport } from '#lib/exports/preview.ts';
import { join, signUp } from '#tests/support/people.ts';
import { chosen, layOrders } from './orders.ts';

let ground: Awaited<ReturnType<typeof layOrders>>;
beforeAll(async () => {
  ground = await layOrders();
});
afterAll(() => ground.close());

const definitionOf = (definition: object) => ground.definitionOf(definition);
const run = (definition: object) => ground.run(definition);

describe('personal data', () => {
  const formats = ['csv', 'json', 'ndjson'].map((type) => ({ format: { type } }));

  it.each([{}, { columns: [{ source: 'buyer' }] }, ...formats, { groupBy: [{ field: 'buyer' }] }])(
    'are masked with %j, however the file is written',
    async (definition) => {
      const { text, source } = await run(definition);
      expect(text).not.toMatch(/Anna|Bo\b/);
      expect(text).toContain('***');
      expect(source.copyCsv).toBeUndefined();
      expect(source.columns.find((column) => column.source === 'buyer')).toMatchObject({
        personal: true,
        masked: true,
      });
    },
  );

  it.each([
    { columns: [{ source: 'number', transform: { name: 'concat', options: { columns: ['buyer'] } } }] },
    { columns: [{ source: 'buyer', transform: { name: 'upper' } }] },
    { columns: [{ source: 'buyer', transform: { name: 'mask', options: { keep: 3 } } }] },
    { columns: [{ source: 'buyer', transform: { name: 'lookup', options: { table: { Bo: 'Bo' } } } }] },
    { aggregates: [{ function: 'max', field: 'buyer' }] },
    {
      pivot: {
        rows: [{ field: 'number' }],
        column: { field: 'currency' },
        value: { function: 'min', field: 'buyer' },
      },
    },
    { columns: [{ source: 'buyer' }, { source: 'number' }], partitionBy: ['buyer'] },
  ])('do not pass through %j', async (definition) => {
    const { text } = await run(definition);
    expect(text).not.toMatch(/anna|ple|\bbo\b/i);
    expect(text).toContain('***');
  });

  it.each([
    { columns: [{ source: 'buyer', personal: 'show' }] },
    { columns: [{ source: 'buyer' }], personal: 'show' },
  ])('are shown with %j, and the file says that they are personal', async (definition) => {
    const { lines, source } = await run(definition);
    expect(lines).toEqual(['buyer', 'Anna Example', '', 'Bo']);
    expect(source.columns).toEqual([
      { source: 'buyer', header: 'buyer', type: 'text', label: 'Buyer', personal: true },
    ]);
  });

  it('stay with their last characters behind a mask where they are shown', async () => {
    const transform = { name: 'mask', options: { keep: 3 } };
    const { lines, source } = await run({ columns: [{ source: 'buyer', personal: 'show', transform }] });
    expect(lines).toEqual(['buyer', '***ple', '', '***']);
    expect(source.columns).toMatchObject([{ personal: true, masked: true }]);
  });

  it('are never the names of columns', async () => {
    const pivot = { rows: [{ field: 'number' }], column: { field: 'buyer' }, value: { function: 'count' } };
    await expect(run({ pivot })).rejects.toMatchObject({ fields: { 'pivot.column': expect.any(String) } });
  });

  it('may be counted', async () => {
    const { lines } = await run({ aggregates: [{ function: 'countDistinct', field: 'buyer' }] });
    expect(lines[1]).toBe('2');
  });

  it('are shown by nobody but the owner of an export', async () => {
    const { session, admin } = ground;
    const { id } = await createExport(session, definitionOf(chosen('buyer')));
    const { rows: added } = await admin.query(
      'insert into auth.users (id, email) values (gen_random_uuid(), $1) returning id',
      ['editor@example.com'],
    );
    const editor = await join(admin, added[0].id, session.workspaceId, 'editor');
    await expect(updateExport(editor, id, { personal: 'show' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await updateExport(session, id, { personal: 'show' })).toMatchObject({ personal: 'show' });
    expect(await updateExport(editor, id, { name: 'renamed' })).toMatchObject({ personal: 'show' });
    expect((await updateExport(editor, id, { personal: null })).personal).toBeUndefined();
  });

  it.each([
    { groupBy: [{ field: 'buyer' }] },
    { groupBy: [{ field: 'number' }], aggregates: [{ function: 'max', field: 'buyer' }] },
    {
      pivot: {
        rows: [{ field: 'buyer' }],
        column: { field: 'currency' },
        value: { function: 'count' },
      },
    },
  ])('are not brought by another into an export that shows them, as by %j', async (patch) => {
    const { session, admin } = ground;
    const shown = definitionOf({ personal: 'show', groupBy: [{ field: 'currency' }] });
    const { id } = await createExport(session, shown);
    const editor = await join(admin, (await signUp(admin)).userId, session.workspaceId, 'editor');
    const whole = { groupBy: null, ...patch };
    await expect(updateExport(editor, id, whole)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await updateExport(session, id, whole)).toMatchObject(patch);
  });

  it('are hashed where that is asked for, the same value alike', async () => {
    const { lines } = await run(chosen('buyer', { transform: { name: 'hash' } }));
    expect(lines[1]).toMatch(/^1,[0-9a-f]{64}$/);
    expect(lines[2]).toBe('2,');
  });

  it('are masked in a preview', async () => {
    const { rows: shown, columns: listed } = await previewExport(
      ground.session,
      definitionOf(chosen('buyer')),
    );
    expect(shown).toContainEqual({ number: '1', buyer: '***' });
    expect(listed[1]).toMatchObject({ personal: true, masked: true });
  });
});
