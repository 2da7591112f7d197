import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import { sourceInput } from '#lib/sources/definition.ts';
import { createSource } from '#lib/sources/sources.ts';
import { type Ground, look, newDataset, prepareGround, rowsOf, sync } from './arrange.ts';
import { newPages, numbers } from './paged.ts';

let ground: Ground;
let orders: Dataset;
let lines: Dataset;
beforeAll(async () => {
  ground = await prepareGround();
  const quantity = { name: 'quantity', type: 'integer' } as const;
  orders = await newDataset(
    ground.session,
    'orders',
    [{ name: 'number', type: 'text' }, quantity],
    ['number'],
  );
  lines = await newDataset(
    ground.session,
    'lines',
    [{ name: 'number', type: 'text' }, { name: 'place', type: 'integer' }, quantity],
    ['number', 'place'],
  );
});
afterAll(() => ground.close());

/** A source of orders with lines that stops with ten rejects which are half of what it read. */
async function newOrders() {
  const { config, serve } = newPages(ground);
  const input = sourceInput.parse({
    sourceType: 'json',
    displayName: 'Orders',
    config,
    streams: {
      rows: {
        dataset: 'orders',
        fields: { number: 'no', quantity: 'quantity' },
        also: [
          {
            dataset: 'lines',
            each: 'lines',
            fields: { number: 'parent.no', place: 'index', quantity: 'quantity' },
          },
        ],
      },
    },
    rejectLimit: { rows: 10, share: 0.5 },
  });
  const { id } = await createSource(ground.session, input);
  return { id, serve };
}

/** Orders of one line each, of which the last so many are bad, or have a bad line. */
function page(from: number, count: number, { badOrders = 0, badLines = 0 } = {}): object[] {
  const quantityOf = (index: number, bad: number) => (index >= count - bad ? 'many' : index);
  return numbers(count).map((index) => ({
    no: `n${from + index}`,
    quantity: quantityOf(index, badOrders),
    lines: [{ quantity: quantityOf(index, badLines) }],
  }));
}

async function storedOf(id: string) {
  const [rejects] = await look<{ count: number }>(
    ground.database,
    'select count(*)::int as count from sync_rejects where source_id = $1',
    [id],
  );
  const [ofOrders, ofLines] = [await rowsOf(ground, orders, id), await rowsOf(ground, lines, id)];
  return { orders: ofOrders.length, lines: ofLines.length, rejects: rejects?.count };
}

const stopped = (words: string) => ({
  status: 'failed',
  error: {
    code: 'data_validation_failed',
    message: expect.stringMatching(
      new RegExp(`^${words} were set aside.*correct the mapping or the source.*limit`),
    ),
  },
});

it('a run stops before the page that sets too many rows aside; those before it stay, and the rejects are kept', async () => {
  const { id, serve } = await newOrders();
  serve(page(0, 5), page(5, 15, { badOrders: 10 }), page(20, 5));
  expect(await sync(ground, id)).toMatchObject(stopped('10 of the first 20 rows for “orders”'));
  expect(await storedOf(id)).toEqual({ orders: 5, lines: 5, rejects: 10 });
});

it('a run stops before the page that sets too many items of a list aside, good as the rows around them are', async () => {
  const { id, serve } = await newOrders();
  serve(page(0, 5, { badLines: 1 }), page(5, 15, { badLines: 9 }), page(20, 5));
  expect(await sync(ground, id)).toMatchObject(stopped('10 of the first 20 rows for “lines”'));
  expect(await storedOf(id)).toEqual({ orders: 5, lines: 4, rejects: 10 });
});

it('a run goes on just below the limit, of rows and of items', async () => {
  const { id, serve } = await newOrders();
  serve(page(0, 5), page(5, 16, { badOrders: 9 }), page(21, 5));
  expect(await sync(ground, id)).toMatchObject({ status: 'completed' });
  expect(await storedOf(id)).toEqual({ orders: 17, lines: 17, rejects: 9 });

  const ofLines = await newOrders();
  ofLines.serve(page(0, 5), page(5, 16, { badLines: 10 }), page(21, 5));
  expect(await sync(ground, ofLines.id)).toMatchObject({ status: 'completed' });
  expect(await storedOf(ofLines.id)).toEqual({ orders: 26, lines: 16, rejects: 10 });
});
