import { expect, it } from 'vitest';
import { runningTotals } from '#lib/exports/formats/pdf/totals.ts';

const column = (name: string, more: object = {}) =>
  ({ source: name, header: name, type: 'decimal', ...more }) as const;
const total = column('total', { currency: 'currency' });
const currency = { source: 'currency', header: 'In', type: 'text' } as const;

it.each([
  ['USD', ['1010', '3.5', null]],
  ['JPY', [null, '3.5', null]],
])('amounts have a total where all are of one currency: %s', (second, expected) => {
  const totals = runningTotals([total, column('weight'), currency], 'decimals');
  totals?.add(['10', '1.5', 'USD']);
  totals?.add(['1000', '2', second]);
  expect(totals?.row()).toEqual(expected);
});

it('what stands once for each of several rows is not added up', () => {
  const totals = runningTotals([column('total', { repeatedFor: 'lines' }), column('weight')], 'decimals');
  totals?.add(['10', '1.5']);
  totals?.add(['10', '2']);
  expect(totals?.row()).toEqual([null, '3.5']);
});

it('amounts whose currency the file does not have are not added up', () => {
  expect(runningTotals([total], 'numbers')).toBeUndefined();
});
