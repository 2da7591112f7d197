import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import { json } from '#lib/exports/formats/json.ts';

type Rows = readonly (readonly CellText[])[];

const columns = (['state', 'city', 'zip', 'people'] as const).map((name) => ({
  source: name,
  header: name,
  type: (name === 'people' ? 'integer' : 'text') as ColumnType,
}));

async function write(rows: Rows, options: object, listed: typeof columns = columns): Promise<string> {
  const batches = (async function* () {
    for (let at = 0; at < rows.length; at += 2) yield rows.slice(at, at + 2);
  })();
  const context = fileContext({ title: 'test', metadata: { export: 'Cities' } });
  const table = { name: 'test', columns: listed, rows: batches };
  return Buffer.concat(
    await Array.fromAsync(json.encode(table, json.options.parse(options), context)),
  ).toString();
}

const read = async (rows: Rows, options: object, listed = columns) =>
  JSON.parse(await write(rows, options, listed));

const towns = [
  ['AK', 'Anchorage', '99501', '1'],
  ['AK', 'Anchorage', '99502', '2'],
  ['AK', 'Juneau', '99801', null],
  ['AL', 'Juneau', '35004', '4'],
];

describe('grouped rows', () => {
  it('are groups within groups', async () => {
    const { metadata, data } = await read(towns, { structure: 'nested', groupBy: ['state', 'city'] });
    expect(metadata).toEqual({ export: 'Cities' });
    expect(data).toEqual([
      {
        state: 'AK',
        rows: [
          {
            city: 'Anchorage',
            rows: [
              { zip: '99501', people: 1 },
              { zip: '99502', people: 2 },
            ],
          },
          { city: 'Juneau', rows: [{ zip: '99801', people: null }] },
        ],
      },
      { state: 'AL', rows: [{ city: 'Juneau', rows: [{ zip: '35004', people: 4 }] }] },
    ]);
  });

  it('tell no value from an empty one and from its name', async () => {
    const rows = [[null], [''], ['null']].map(([state]) => [state ?? null, 'c', 'z', '1']);
    const { data } = await read(rows, { structure: 'nested', groupBy: ['state'] });
    expect(data.map(({ state }: { state: unknown }) => state)).toEqual([null, '', 'null']);
    const without = await read(rows, { structure: 'nested', groupBy: ['state'], nulls: 'exclude' });
    expect(Object.keys(without.data[0])).toEqual(['rows']);
  });

  it('put decimals of the same value together', async () => {
    const prices = columns.with(0, { source: 'state', header: 'state', type: 'decimal' });
    const rows = ['1.5', '1.50', '10', '10.0'].map((price) => [price, 'c', 'z', '1']);
    const { data } = await read(rows, { structure: 'nested', groupBy: ['state'] }, prices);
    expect(data.map(({ rows: inner }: { rows: unknown[] }) => inner.length)).toEqual([2, 2]);
  });

  it('hold all rows in their order, however they are grouped', async () => {
    const cell = fc.constantFrom('a', 'b', null, '');
    const rows = fc.array(fc.tuple(cell, cell, cell, fc.constant('1')), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom(['state'], ['city', 'state'], ['zip', 'city', 'state']),
        async (all, by) => {
          const { data } = await read(all, { structure: 'nested', groupBy: by, childrenName: 'within' });
          const leaves = (group: Record<string, unknown>): Record<string, unknown>[] => {
            const { within, ...members } = group;
            if (!within) return [members];
            return (within as Record<string, unknown>[])
              .flatMap(leaves)
              .map((leaf) => ({ ...members, ...leaf }));
          };
          const expected = all.map(([state, city, zip]) => ({ state, city, zip, people: 1 }));
          expect(data.flatMap(leaves)).toEqual(expected);
        },
      ),
    );
  });

  it.each<[object, string]>([
    [{ groupBy: ['gone'] }, 'groupBy.0'],
    [{ groupBy: ['state', 'state'] }, 'groupBy.1'],
    [{ groupBy: ['state'], childrenName: 'state' }, 'childrenName'],
  ])('are refused with %j', async (options, place) => {
    await expect(write(towns, { structure: 'nested', ...options })).rejects.toMatchObject({
      code: 'invalid',
      fields: { [`format.options.${place}`]: expect.any(String) },
    });
  });
});

describe('normalised rows', () => {
  const entities = [{ name: 'places', key: ['city'], columns: ['state'] }];
  const once = [towns[0], towns[1]] as Rows;

  it('have what they share once, and point to it', async () => {
    const { data, ...rest } = await read([...once, ['WA', 'Seattle', '98101', '9']], {
      structure: 'normalized',
      entities,
    });
    expect(data).toEqual([
      { city: 'Anchorage', zip: '99501', people: 1 },
      { city: 'Anchorage', zip: '99502', people: 2 },
      { city: 'Seattle', zip: '98101', people: 9 },
    ]);
    expect(rest).toEqual({
      metadata: { export: 'Cities' },
      entities: {
        places: [
          { city: 'Anchorage', state: 'AK' },
          { city: 'Seattle', state: 'WA' },
        ],
      },
      relationships: [{ from: 'data', to: 'places', by: ['city'] }],
    });
  });

  it('are refused where they say different things of the same one', async () => {
    await expect(write(towns, { structure: 'normalized', entities })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/same city .*"places"/),
    });
  });

  it('have nothing where there is nothing to share', async () => {
    const { entities: found } = await read([[null, null, 'z', '1']], { structure: 'normalized', entities });
    expect(found).toEqual({ places: [] });
  });

  it('are refused where they share more than can be held', async () => {
    const rows = Array.from({ length: 100_001 }, (_, at) => ['AK', String(at), 'z', '1']);
    await expect(write(rows, { structure: 'normalized', entities })).rejects.toMatchObject({
      message: expect.stringContaining('more than 100000'),
    });
  });

  it.each([
    [[{ name: 'a', key: ['city'], columns: ['city'] }], 'entities.0'],
    [[{ name: 'a', key: ['city'], columns: ['gone'] }], 'entities.0.columns.0'],
    [[...entities, { name: 'places', key: ['zip'], columns: [] }], 'entities'],
    [[...entities, { name: 'b', key: ['state'], columns: [] }], 'entities'],
  ])('are refused with %j', async (chosen, place) => {
    await expect(write(once, { structure: 'normalized', entities: chosen })).rejects.toMatchObject({
      fields: { [`format.options.${place}`]: expect.any(String) },
    });
  });
});

describe('a document', () => {
  it.each([
    {},
    { structure: 'nested', groupBy: ['state'] },
    { structure: 'normalized', entities: [{ name: 'p', key: ['zip'], columns: ['city'] }] },
  ])('laid out for people is the same with %j', async (options) => {
    const text = await write(towns, { ...options, pretty: true });
    expect(text).toBe(`${JSON.stringify(await read(towns, options), null, 2)}\n`);
    expect(JSON.parse(await write([], { ...options, pretty: true })).data).toEqual([]);
  });

  it('is without a note where asked to', async () => {
    expect(Object.keys(await read(towns, { metadata: false }))).toEqual(['data']);
  });

  it.each([{ structure: 'nested' }, { groupBy: ['state'] }, { structure: 'normalized' }])(
    'is not structured by %j alone',
    (options) => {
      expect(json.options.safeParse(options).success).toBe(false);
    },
  );
});
