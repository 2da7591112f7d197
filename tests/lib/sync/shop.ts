import type { Session } from '#lib/auth/session.ts';
import type { Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { sourceInput } from '#lib/sources/definition.ts';
import { createSource } from '#lib/sources/sources.ts';
import { startVendor, type Vendor } from '#tests/support/vendor/vendor.ts';
import { newDataset } from './arrange.ts';
import { type ShopStream, shopStreams } from './shop-connector.ts';

/** Four pages of products, three of vendors, four of orders. */
const rowsIn: Readonly<Record<ShopStream, number>> = { products: 2_000, vendors: 1_200, orders: 1_800 };

/** What is in the shop: on the second day some rows are gone, some are new, and some have changed. */
export type Day = 1 | 2;

export interface Shop {
  readonly vendor: Vendor;
  /** All datasets that a source of it fills. */
  readonly datasets: readonly Dataset[];
  setDay(day: Day): void;
  /** A source that reads the whole shop; gives its id. */
  newSource(): Promise<string>;
}

/** A vendor of 5,000 rows in three tables, among them keys that repeat and rows that are to be set aside. */
export async function openShop(session: Session): Promise<Shop> {
  const vendor = await startVendor();
  const datasets = [
    await newDataset(session, 'goods', [text('sku'), { name: 'price', type: 'decimal' }], ['sku']),
    await newDataset(session, 'makers', [text('code'), text('name')], ['code']),
    await newDataset(session, 'sales', [text('number'), text('maker')], ['number']),
    await newDataset(
      session,
      'sale_lines',
      [text('number'), { name: 'place', type: 'integer' }, { name: 'quantity', type: 'integer' }],
      ['number', 'place'],
    ),
  ];
  const setDay = (day: Day) => {
    for (const name of shopStreams) {
      const table = vendor.table(name);
      for (const { id } of table.rows()) table.delete(id);
      for (const index of indexesOn(day, name))
        table.insert({ id: index + 1, ...valuesOf[name](index, day) });
    }
  };
  return {
    vendor,
    datasets,
    setDay,
    async newSource() {
      const input = sourceInput.parse({
        sourceType: 'json',
        displayName: 'Shop',
        config: { url: vendor.url },
        streams: mappings,
      });
      return (await createSource(session, { ...input, sourceType: 'shop' })).id;
    },
  };
}

const mappings = {
  products: { dataset: 'goods', fields: { sku: 'sku', price: 'price' } },
  vendors: { dataset: 'makers', fields: { code: 'code', name: 'name' } },
  orders: {
    dataset: 'sales',
    fields: { number: 'number', maker: 'maker' },
    also: [
      {
        dataset: 'sale_lines',
        each: 'lines',
        fields: { number: 'parent.number', place: 'index', quantity: 'quantity' },
      },
    ],
  },
};

function text(name: string): Column {
  return { name, type: 'text' };
}

const ADDED = 30;

function indexesOn(day: Day, name: ShopStream): number[] {
  const indexes = Array.from({ length: rowsIn[name] + ADDED }, (_, index) => index);
  return indexes.filter((index) => (day === 1 ? index < rowsIn[name] : index % 50 !== 9));
}

const changesAt = (index: number, day: Day) => (index % 10 === 0 ? day : 0);

const valuesOf: Readonly<Record<ShopStream, (index: number, day: Day) => Readonly<Record<string, unknown>>>> =
  {
    products: (index, day) => ({
      sku: index % 100 === 7 ? 'again' : `k${index}`,
      price: index % 400 === 3 ? 'cheap' : `${index}.${changesAt(index, day)}`,
    }),
    vendors: (index, day) => ({ code: `c${index}`, name: `Maker ${changesAt(index, day)}` }),
    orders: (index, day) => ({
      number: `n${index}`,
      maker: `c${index % 7}`,
      lines: [index, index % 300 === 5 ? 'many' : changesAt(index, day)]
        .slice(0, 1 + ((index + day) % 2))
        .map((quantity) => ({ quantity })),
    }),
  };
