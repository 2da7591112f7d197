import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { cutParts, type PartLimits } from '#lib/exports/parts.ts';

type Row = readonly CellText[];

async function cut(batches: readonly (readonly Row[])[], limits: Partial<PartLimits>) {
  const source = (async function* () {
    yield* batches;
  })();
  const parts: { shared: string; rows: Row[] }[] = [];
  for await (const { shared, rows } of cutParts(source, {
    sharing: () => '',
    isFull: () => false,
    ...limits,
  })) {
    parts.push({ shared, rows: (await Array.fromAsync(rows)).flat() });
  }
  return parts;
}

const ofFirst = ([first]: Row) => String(first);

const values = fc.array(fc.tuple(fc.constantFrom('a', 'b', null), fc.string()), { maxLength: 30 });

it('loses no row, doubles none and keeps their order, however they come and are cut', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 30 });
  const most = fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(values, sizes, most, async (rows, lengths, limit) => {
      const sorted = rows.toSorted(([one], [other]) => String(one).localeCompare(String(other)));
      const parts = await cut(inBatches(sorted, lengths), { sharing: ofFirst, rows: limit });
      expect(parts.flatMap((part) => part.rows)).toEqual(sorted);
      for (const part of parts) {
        expect(part.rows.length).toBeLessThanOrEqual(limit ?? 30);
        for (const row of part.rows) expect(ofFirst(row)).toBe(part.shared);
      }
    }),
  );
});

it('is as few parts as the limits allow', async () => {
  const rows = ['a', 'a', 'a', 'b', 'c', 'c'].map((value) => [value]);
  const parts = await cut([rows.slice(0, 2), rows.slice(2)], { sharing: ofFirst, rows: 2 });
  expect(parts.map((part) => part.rows.flat().join(''))).toEqual(['aa', 'a', 'b', 'cc']);
});

it('is one empty part without a row', async () => {
  expect(await cut([], {})).toEqual([{ shared: '', rows: [] }]);
});

it('ends a part after the batch that filled it', async () => {
  let turns = 0;
  const isFull = () => ++turns % 2 === 0;
  const parts = await cut([[['1']], [['2']], [['3']]], { isFull });
  expect(parts.map((part) => part.rows.flat())).toEqual([['1', '2'], ['3']]);
});

function inBatches(rows: readonly Row[], lengths: readonly number[]): Row[][] {
  const batches: Row[][] = [];
  let at = 0;
  for (const length of lengths) {
    batches.push(rows.slice(at, at + length));
    at += length;
  }
  return [...batches, rows.slice(at)];
}
