import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberWriter, roundedText } from '#lib/core/number-text.ts';

describe('a decimal is rounded', () => {
  it.each([
    ['1.005', 2, '1.01'],
    ['2.5', 0, '3'],
    ['-2.5', 0, '-3'],
    ['0.0049', 2, '0.00'],
    ['-0.004', 2, '0.00'],
    ['-0.005', 2, '-0.01'],
    ['9.995', 2, '10.00'],
    ['7', 3, '7.000'],
    ['0.1', 20, `0.1${'0'.repeat(19)}`],
    ['99999999999999999999999999999999999999.995', 2, '100000000000000000000000000000000000000.00'],
    ['NaN', 2, 'NaN'],
    ['-Infinity', 0, '-Infinity'],
  ])('%s to %i places as %s', (text, places, rounded) => {
    expect(roundedText(text, places)).toBe(rounded);
  });

  it('to the nearest there is, whatever its digits', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 30n), 10n ** 30n), fc.nat(12), fc.nat(12), (value, scale, places) => {
        const magnitude = String(value < 0n ? -value : value).padStart(scale + 1, '0');
        const text = `${value < 0n ? '-' : ''}${magnitude.slice(0, magnitude.length - scale)}${scale ? `.${magnitude.slice(-scale)}` : ''}`;
        const rounded = BigInt(roundedText(text, places).replace('.', ''));
        const [exact, got] = [value * 10n ** BigInt(places), rounded * 10n ** BigInt(scale)];
        const off = exact > got ? exact - got : got - exact;
        expect(2n * off <= 10n ** BigInt(scale)).toBe(true);
      }),
    );
  });
});

describe('a number is written', () => {
  it.each([
    ['1234567.5', { decimals: 2, decimalSeparator: ',', thousandsSeparator: '.' }, '1.234.567,50'],
    ['-123', { decimalSeparator: '.', thousandsSeparator: ',' }, '-123'],
    ['-1234', { decimalSeparator: '.', thousandsSeparator: "'" }, "-1'234"],
    ['999999.999', { decimals: 0, decimalSeparator: '.', thousandsSeparator: ',' }, '1,000,000'],
    ['0.50', { decimalSeparator: ',', thousandsSeparator: '' }, '0,50'],
    ['NaN', { decimals: 2, decimalSeparator: ',', thousandsSeparator: '.' }, 'NaN'],
  ])('%s with %j as %s', (cell, marks, text) => {
    expect(numberWriter(marks)(cell)).toBe(text);
  });
});
