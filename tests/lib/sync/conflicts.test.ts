import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editRow } from '#lib/datasets/edit-row.ts';
import { type RowEvent, rowHistory } from '#lib/datasets/row-history.ts';
import { listRows } from '#lib/datasets/rows.ts';
import { countConflicts, listConflicts } from '#lib/sources/conflicts.ts';
import type { ConflictPolicy } from '#lib/sources/safeguards.ts';
import { type Ground, look, newParts, type Parts, prepareGround } from './arrange.ts';

let ground: Ground;
let parts: Parts;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku', 'name', 'price', 'listed');
});
afterAll(() => ground.close());

/** A source of one part, synced once, of that policy; its rows tell when they changed where `updatedAt` is given. */
async function newPart(policy: ConflictPolicy, json: { readonly updatedAt?: string } = {}) {
  const {
    id,
    serve: serveBody,
    rows,
    counts: sync,
  } = await parts.newSource('', { sourceType: 'json', config: json });
  const serve = (name: string, price: string, changed = '2026-01-01T00:00:00Z') => {
    serveBody(JSON.stringify([{ sku: 'a', name, price, listed: '2026-01-01T00:00:00Z', changed }]));
  };
  await look(ground.database, 'update external_data_sources set conflict_policy = $2 where id = $1', [
    id,
    policy,
  ]);
  serve('Anvil', '1.50');
  await sync();
  const row = { sourceId: id, stream: 'rows', externalId: 'a' };
  return {
    id,
    row,
    serve,
    sync,
    edit: (changes: Record<string, string | null>) =>
      editRow(ground.session, 'parts', { row, fields: changes }),
    stored: async () => {
      const [found] = await rows<{ name: string; price: string }>();
      return { name: found?.name, price: found?.price };
    },
  };
}

describe('a synced row that was edited', () => {
  it('keeps the edit while the source says what it said, and takes what changes beside it', async () => {
    const { edit, serve, sync, stored } = await newPart('source_wins');
    await edit({ name: 'My anvil' });
    expect(await sync()).toEqual({ read: 1, unchanged: 1 });
    serve('Anvil', '2.00');
    expect(await sync()).toEqual({ read: 1, updated: 1 });
    expect(await stored()).toEqual({ name: 'My anvil', price: '2.00' });
    serve('Hammer', '2.00');
    await sync();
    expect(await stored()).toEqual({ name: 'Hammer', price: '2.00' });
  });

  it('keeps the edit against the source where local wins, until it is taken back', async () => {
    const { edit, serve, sync, stored } = await newPart('local_wins');
    await edit({ name: 'My anvil', price: null });
    serve('Hammer', '2.00');
    await sync();
    expect(await stored()).toEqual({ name: 'My anvil', price: null });
    await edit({ name: 'Hammer' });
    serve('Sledge', '2.00');
    await sync();
    expect(await stored()).toEqual({ name: 'Sledge', price: null });
  });

  it('takes the newer of the two where the newest wins', async () => {
    const { edit, serve, sync, stored } = await newPart('newest_wins');
    await edit({ name: 'My anvil' });
    serve('Hammer', '1.50');
    await sync();
    expect(await stored()).toEqual({ name: 'Hammer', price: '1.50' });
  });

  describe('where the newest wins and the rows tell when they changed', () => {
    const edited = async () => {
      const { edit, ...part } = await newPart('newest_wins', { updatedAt: 'changed' });
      await edit({ name: 'My anvil' });
      return part;
    };

    it('keeps the edit against a change in the source that is older, and takes what was not edited', async () => {
      const { serve, sync, stored } = await edited();
      serve('Hammer', '2.00', '2026-01-02T00:00:00Z');
      expect(await sync()).toEqual({ read: 1, updated: 1 });
      expect(await stored()).toEqual({ name: 'My anvil', price: '2.00' });
    });

    it('takes a change in the source that is newer', async () => {
      const { serve, sync, stored } = await edited();
      serve('Hammer', '1.50', new Date(Date.now() + 1_000).toISOString());
      expect(await sync()).toEqual({ read: 1, updated: 1 });
      expect(await stored()).toEqual({ name: 'Hammer', price: '1.50' });
    });
  });

  it('asks field by field, and either answer settles it', async () => {
    const { id, edit, serve, sync, stored } = await newPart('ask');
    await edit({ name: 'My anvil', price: '9' });
    serve('Hammer', '2.00');
    await sync();
    expect(await stored()).toEqual({ name: 'My anvil', price: '9' });
    const { items } = await listConflicts(ground.session, id);
    expect(items).toMatchObject([
      {
        field: 'name',
        base: 'Anvil',
        mine: 'My anvil',
        theirs: 'Hammer',
        editedBy: expect.stringContaining('@'),
      },
      { field: 'price', base: '1.50', mine: '9', theirs: '2.00' },
    ]);
    await edit({ name: 'My anvil' });
    await edit({ price: '2.00' });
    expect((await listConflicts(ground.session, id)).items).toEqual([]);
    expect(await sync()).toEqual({ read: 1, unchanged: 1 });
    serve('Hammer', '3.00');
    await sync();
    expect(await stored()).toEqual({ name: 'My anvil', price: '3.00' });
  });

  it('has no conflict left where the source comes to say the same, or what it said before', async () => {
    const { id, edit, serve, sync } = await newPart('ask');
    await edit({ name: 'My anvil' });
    serve('Hammer', '1.50');
    await sync();
    serve('Anvil', '1.50');
    await sync();
    expect((await listConflicts(ground.session, id)).items).toEqual([]);
    serve('My anvil', '1.50');
    await sync();
    serve('Hammer', '1.50');
    await sync();
    expect((await listConflicts(ground.session, id)).items).toEqual([]);
  });

  it('tells its life: who changed what, before and after, and which sync', async () => {
    const { row, edit, serve, sync } = await newPart('source_wins');
    await edit({ listed: '2026-02-03T04:05:06.700Z' });
    serve('Hammer', '1.50');
    await sync();
    const { items } = await rowHistory(ground.session, 'parts', row, { limit: 50 });
    expect(items).toMatchObject([
      { operation: 'updated', fields: { name: { before: 'Anvil', after: 'Hammer' } }, by: null },
      {
        operation: 'edited',
        fields: { listed: { before: '2026-01-01T00:00:00Z', after: '2026-02-03T04:05:06.7Z' } },
        by: expect.stringContaining('@'),
        runId: null,
      },
      { operation: 'inserted', runId: expect.any(String) },
    ]);
    const walked: RowEvent[] = [];
    for (let cursor: string | undefined; walked.length < 5; ) {
      const page = await rowHistory(ground.session, 'parts', row, { limit: 1, cursor });
      walked.push(...page.items);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(walked).toEqual(items);
  });

  it('tells of each edit who made it and what the source says, until it is taken back', async () => {
    const { row, edit, serve, sync } = await newPart('ask');
    const edited = await edit({ name: 'My anvil', price: '9' });
    expect(edited.values).toMatchObject({ sku: 'a', name: 'My anvil', price: '9' });
    expect(Object.keys(edited.origin.edits)).toEqual(['name', 'price']);
    serve('Hammer', '1.50');
    await sync();
    const { origins } = await listRows(ground.session, 'parts', { limit: 500, origins: true });
    const { edits } = origins?.find(({ source }) => source?.id === row.sourceId) ?? {};
    const by = expect.stringContaining('@');
    expect(edits).toEqual({
      name: { base: 'Hammer', by, at: expect.stringMatching(/Z$/) },
      price: { base: '1.50', by, at: expect.stringMatching(/Z$/) },
    });
    const back = await edit({ name: edits?.name?.base ?? '', price: edits?.price?.base ?? '' });
    expect(back.origin.edits).toEqual({});
    expect(back.values).toMatchObject({ name: 'Hammer', price: '1.50' });
  });

  it('is counted as a conflict for each field, and listed as far as asked', async () => {
    const { id, edit, serve, sync } = await newPart('ask');
    await edit({ name: 'My anvil', price: '9' });
    expect(await countConflicts(ground.session, id)).toBe(0);
    serve('Hammer', '2.00');
    await sync();
    expect(await countConflicts(ground.session, id)).toBe(2);
    expect((await listConflicts(ground.session, id, 1)).items.map(({ field }) => field)).toEqual(['name']);
  });

  it('refuses its key, a column that there is not, and a value that the column does not take', async () => {
    const { edit, row } = await newPart('ask');
    await expect(edit({ sku: 'b', colour: 'red', price: 'cheap' })).rejects.toMatchObject({
      code: 'invalid',
      fields: {
        'fields.sku': expect.stringContaining('key'),
        'fields.colour': expect.any(String),
        'fields.price': expect.any(String),
      },
    });
    const gone = { row: { ...row, externalId: 'gone' }, fields: { name: 'x' } };
    await expect(editRow(ground.session, 'parts', gone)).rejects.toMatchObject({ code: 'not_found' });
  });
});
