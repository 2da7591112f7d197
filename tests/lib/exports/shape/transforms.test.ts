import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CellText } from '#lib/core/columns.ts';
import { transformOf, transforms } from '#lib/exports/shape/registry.ts';
import { type ColumnTransform, columnTransform } from '#lib/exports/shape/schema.ts';
import { useEnvironment } from '#tests/support/environment.ts';

const nowhere = 'postgres://127.0.0.1:9/none';
beforeAll(() => useEnvironment({ url: nowhere, serviceUrl: nowhere }));

type Name = keyof typeof transforms;

function apply(
  name: Name,
  options: object,
  cell: CellText,
  others: readonly CellText[] = [],
  secret = 'w',
): CellText {
  const chosen = columnTransform.parse({ name, options }) as Exclude<ColumnTransform, { name: 'flatten' }>;
  return transformOf(name).compile(chosen.options, { pseudonyms: Buffer.from(secret) })(cell, others);
}

const items =
  '[{"sku":"a","description":"Bolt","price":0.1,"quantity":3,"size":{"mm":8}},{"sku":"b","description":"Nut","price":"19.995","quantity":2}]';

describe('a transform', () => {
  it.each<[Name, object, CellText, CellText]>([
    ['formatDate', {}, '2026-01-31T23:30:00Z', '2026-01-31'],
    [
      'formatDate',
      { pattern: 'DD.MM.YYYY HH:mm', zone: 'Europe/Berlin' },
      '2026-01-31T23:30:00Z',
      '01.02.2026 00:30',
    ],
    ['formatDate', { pattern: 'D MMMM YYYY', locale: 'fr-FR' }, '2026-02-01', '1 février 2026'],
    ['formatDate', {}, 'infinity', 'infinity'],
    ['formatNumber', { decimals: 2 }, '1234567.885', '1,234,567.89'],
    ['formatNumber', { decimals: 0, decimalSeparator: ',', thousandsSeparator: '.' }, '-1234.5', '-1.235'],
    ['formatCurrency', { currency: 'USD' }, '1234.565', '$1,234.57'],
    ['formatCurrency', { currency: 'JPY', locale: 'ja-JP' }, '1234.5', '￥1,235'],
    ['formatCurrency', { currency: 'EUR', locale: 'de-DE' }, '-1234.5', '-1.234,50\u00a0€'],
    ['formatCurrency', { currency: 'USD' }, '1.005', '$1.01'],
    [
      'formatCurrency',
      { currency: 'USD' },
      '12345678901234567890123456789012345678.125',
      '$12,345,678,901,234,567,890,123,456,789,012,345,678.13',
    ],
    ['formatCurrency', { currency: 'USD' }, 'NaN', 'NaN'],
    ['formatCurrency', {}, '1234.5', '1,234.50'],
    ['joinItemDescriptions', {}, items, 'Bolt; Nut'],
    ['joinItemDescriptions', { path: 'size.mm', separator: ', ' }, items, '8'],
    ['joinItemDescriptions', {}, '["Bolt",2.50,null]', 'Bolt; 2.50'],
    ['joinItemDescriptions', {}, '{"description":"no list"}', null],
    ['joinItemDescriptions', {}, '[]', ''],
    ['countItems', {}, items, '2'],
    ['countItems', {}, '{"a":1}', '0'],
    ['countItems', {}, null, '0'],
    ['calculateSubtotal', {}, items, '40.290'],
    ['calculateSubtotal', { price: 'size.mm', quantity: 'price' }, items, null],
    ['calculateSubtotal', {}, '[{"price":"n/a","quantity":1}]', null],
    ['calculateSubtotal', {}, '[]', '0'],
    ['calculateSubtotal', {}, null, null],
    ['lookup', { table: { A: 'Active' } }, 'A', 'Active'],
    ['lookup', { table: { A: 'Active' } }, 'constructor', 'constructor'],
    ['lookup', { table: { A: 'Active' }, default: 'Other' }, 'x', 'Other'],
    ['lookup', { table: { A: 'Active' }, default: null }, 'x', null],
    ['mask', {}, 'anna@example.com', '***'],
    ['mask', { keep: 4 }, '4111111111111111', '***1111'],
    ['mask', { keep: 4 }, '+4915112345', '***45'],
    ['mask', { keep: 4 }, '123', '***'],
    ['mask', { keep: 1 }, 'abc😀', '***😀'],
    ['upper', {}, 'straße', 'STRASSE'],
    ['lower', {}, 'ÀB', 'àb'],
    ['trim', {}, ' a\t', 'a'],
  ])('%s with %j makes of %j %j', (name, options, cell, made) => {
    expect(apply(name, options, cell)).toBe(made);
  });

  it.each(Object.keys(transforms).filter((name) => name !== 'countItems') as Name[])(
    '%s leaves no value as none',
    (name) => {
      const needed = { concat: { columns: ['b'] }, lookup: { table: { a: 'b' } } };
      expect(apply(name, needed[name as keyof typeof needed] ?? {}, null, [null])).toBeNull();
    },
  );

  it('concat passes over what is not there', () => {
    const options = { columns: ['b', 'c', 'd'], separator: ', ' };
    expect(apply('concat', options, 'a', ['b', null, ''])).toBe('a, b');
    expect(apply('concat', options, null, [null, null, ''])).toBeNull();
  });

  it('formatCurrency takes the currency of each amount from another column', () => {
    const of = (code: CellText) => apply('formatCurrency', { currencyColumn: 'currency' }, '5', [code]);
    expect([of('USD'), of('EUR'), of('KWD'), of('Taler'), of('+cmd|x'), of(null)]).toEqual([
      '$5.00',
      '€5.00',
      'KWD\u00a05.000',
      '5.00 Taler',
      '5.00 ¤',
      '5.00',
    ]);
  });

  it('hash gives the same for the same value, under a key of the workspace and a salt', () => {
    const of = (cell: string, options = {}, workspaceId = 'w') =>
      apply('hash', options, cell, [], workspaceId);
    expect(of('anna@example.com')).toMatch(/^[0-9a-f]{64}$/);
    expect(of('anna@example.com')).toBe(of('anna@example.com'));
    const guess = createHash('sha256').update('anna@example.com').digest('hex');
    const others = [
      of('anna@example.org'),
      of('anna@example.com', { salt: 's' }),
      of('anna@example.com', {}, 'v'),
      guess,
    ];
    expect(new Set([of('anna@example.com'), ...others]).size).toBe(5);
  });

  it.each<[object, string]>([
    [{ name: 'formatDate', options: { pattern: 'dd.mm.yyyy' } }, 'options.pattern'],
    [{ name: 'formatDate', options: { zone: 'Nowhere' } }, 'options.zone'],
    [{ name: 'formatCurrency', options: { currency: 'usd' } }, 'options.currency'],
    [{ name: 'formatCurrency', options: { currency: 'USD', currencyColumn: 'c' } }, 'options.currencyColumn'],
    [{ name: 'formatNumber', options: { decimalSeparator: ',' } }, 'options.thousandsSeparator'],
    [{ name: 'concat', options: { columns: [] } }, 'options.columns'],
    [{ name: 'lookup', options: { table: {} } }, 'options.table'],
    [{ name: 'mask', options: { keep: 5 } }, 'options.keep'],
    [{ name: 'eval', options: {} }, 'name'],
  ])('%j is refused', (transform, place) => {
    const { error } = columnTransform.safeParse(transform);
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual([place]);
  });
});
