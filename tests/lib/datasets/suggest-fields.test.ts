import { describe, expect, it } from 'vitest';
import type { Column, ColumnType } from '#lib/core/columns.ts';
import { suggestColumns } from '#lib/datasets/suggest.ts';
import { suggestFields } from '#lib/datasets/suggest-fields.ts';

const column = (name: string, type: ColumnType = 'text'): Column => ({ name, type });

/** A source of these columns, each with its values. */
function source(columns: Readonly<Record<string, readonly unknown[]>>) {
  return Object.entries(columns).map(([name, values]) => {
    const [found] = suggestColumns(
      values.map((value) => ({ values: { [name]: value } })),
      [name],
    );
    return { ...(found as Column), values };
  });
}
const named = (...names: string[]) => source(Object.fromEntries(names.map((name) => [name, []])));

describe('suggested fields', () => {
  it('go by the same name, then by letters and digits alone, and use no source column twice', () => {
    const dataset = ['zip_code', 'größe', 'city', 'City', 'rest'].map((name) => column(name));
    const columns = named('Zip Code', 'GROSSE', 'Größe', 'city', 'CITY!', 'other');
    expect(suggestFields(columns, dataset)).toEqual({
      zip_code: 'Zip Code',
      größe: 'Größe',
      city: 'city',
      City: 'CITY!',
    });
  });

  it('match names without any letter only when they are the same', () => {
    expect(suggestFields(named('🚀', '💥'), [column('💥')])).toEqual({ '💥': '💥' });
  });

  it('go by the words of a name, in any order, shortened or among others', () => {
    const dataset = ['sku', 'quantity_on_hand', 'barcode', 'order_number'].map((name) => column(name));
    expect(suggestFields(named('sellerSku', 'On hand qty', 'UPC', 'PO order no'), dataset)).toEqual({
      sku: 'sellerSku',
      quantity_on_hand: 'On hand qty',
      barcode: 'UPC',
      order_number: 'PO order no',
    });
  });

  it('leave open what two columns are like', () => {
    expect(suggestFields(named('Product name', 'Vendor name'), [column('name')])).toEqual({});
  });

  it('place a column whose values do not fit only under the very same name', () => {
    const columns = source({ 'Unit price': ['cheap'], 'Number of units': ['many'] });
    const dataset = [column('unit_price', 'decimal'), column('units', 'integer')];
    expect(suggestFields(columns, dataset)).toEqual({ unit_price: 'Unit price' });
  });

  it.each<[ColumnType, string[], unknown]>([
    ['decimal', ['$1,234.50', '(2)'], ['number']],
    ['decimal', ['1.234,50'], [{ name: 'number', decimal: ',', thousands: '.' }]],
    ['decimal', ['1,200', '30', 'n/a'], ['number']],
    ['integer', [' 7 '], ['trim']],
    ['date', ['Jun 12 1998'], ['date']],
    ['date', ['12/31/2026', '1/2/2026'], [{ name: 'date', format: 'M/D/YYYY' }]],
    ['timestamp', ['31.12.2026 08:15'], [{ name: 'timestamp', format: 'D.M.YYYY H:mm' }]],
  ])('bring the transform along by which a %s takes %j', (type, values, transform) => {
    expect(suggestFields(source({ X: values }), [column('x', type)])).toEqual({
      x: { from: 'X', transform },
    });
  });

  it('leave a date that could be read in two ways to a person', () => {
    expect(suggestFields(source({ day: ['1/2/2026'] }), [column('day', 'date')])).toEqual({ day: 'day' });
  });

  it('give the one date of the source to the one date of the dataset', () => {
    const dataset = [column('posted_at', 'timestamp'), column('note')];
    expect(suggestFields(source({ When: ['2026-01-31'], What: ['x'] }), dataset)).toEqual({
      posted_at: 'When',
    });
  });
});
