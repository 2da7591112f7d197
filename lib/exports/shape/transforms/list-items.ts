import { z } from 'zod';
import { add, type Decimal, decimalOf, decimalText, multiply } from '#lib/datasets/expression/decimal.ts';
import { Refusal } from '#lib/datasets/refusal.ts';
import { hasParts, itemReader, itemsOf } from '#lib/exports/shape/items.ts';
import { defineTransform } from '#lib/exports/shape/transform.ts';

const pathOf = (what: string, usual: string) =>
  z
    .string()
    .max(500)
    .default(usual)
    .meta({ description: `${what} within an item, such as \`product.name\`.` });

export const joinItemDescriptions = defineTransform({
  id: 'joinItemDescriptions',
  label: 'Join the items of a list',
  description: 'Writes one part of every item, or an item that has no parts, one after another.',
  accepts: ['json'],
  options: z.strictObject({
    path: pathOf('Where the text lies', 'description'),
    separator: z.string().max(50).default('; ').meta({ description: 'What stands between two.' }),
  }),
  resultType: 'text',
  compile({ path, separator }) {
    const [part, whole] = [itemReader(path), itemReader('')];
    return (cell) => {
      const texts = itemsOf(cell)?.map((item) => (hasParts(item) ? part : whole)(item));
      return texts?.filter((text) => text !== undefined).join(separator) ?? null;
    };
  },
});

export const countItems = defineTransform({
  id: 'countItems',
  label: 'Count the items of a list',
  description: 'How many items there are; 0 where there is no list.',
  accepts: ['json'],
  options: z.strictObject({}),
  resultType: 'integer',
  compile: () => (cell) => String(itemsOf(cell)?.length ?? 0),
});

export const calculateSubtotal = defineTransform({
  id: 'calculateSubtotal',
  label: 'Add up the items of a list',
  description:
    'The sum of price × quantity over all items, exact; no value where an item lacks one of them or has no number there.',
  accepts: ['json'],
  options: z.strictObject({
    price: pathOf('Where the price lies', 'price'),
    quantity: pathOf('Where the quantity lies', 'quantity'),
  }),
  resultType: 'decimal',
  compile({ price, quantity }) {
    const [readPrice, readQuantity] = [itemReader(price), itemReader(quantity)];
    return (cell) => {
      const items = itemsOf(cell);
      if (!items) return null;
      return sum(items.map((item) => [readPrice(item), readQuantity(item)]));
    };
  },
});

type Factors = readonly (string | undefined)[];

/** Null where a factor is no number, or the sum has more than 200 digits. */
function sum(products: readonly Factors[]): string | null {
  try {
    let total = decimalOf('0') as Decimal;
    for (const factors of products) {
      const [one, other] = factors.map((text) => (text === undefined ? undefined : decimalOf(text)));
      if (!one || !other) return null;
      total = add(total, multiply(one, other));
    }
    return decimalText(total);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
