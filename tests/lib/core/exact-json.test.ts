import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '#lib/core/exact-json.ts';

const digits = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength });
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits(24).map((text) => text.replace(/^0+(?=\d)/, '')),
    fc.option(digits(24)),
    fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e-', 'E+'), digits(3))),
  )
  .map(
    ([sign, whole, fraction, exponent]) =>
      `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent?.join('') ?? ''}`,
  );

describe('a number in JSON', () => {
  it('is written back as it stood, whatever it is and wherever', () => {
    const place = fc.constantFrom(
      (one: string) => one,
      (one: string) => `[${one}]`,
      (one: string) => `[0,${one},"x"]`,
      (one: string) => `{"a":${one}}`,
      (one: string) => `{"a":{"b":[${one},${one}]}}`,
    );
    fc.assert(
      fc.property(numberText, place, (number, around) => {
        const text = around(number);
        expect(JSON.stringify(parseExactJson(text))).toBe(text);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is a plain number where JavaScript would write it the same', () => {
    expect(parseExactJson('[1, 12.5, -3, 9007199254740991, 0.1]')).toEqual([
      1, 12.5, -3, 9007199254740991, 0.1,
    ]);
  });

  it('in a text is text', () => {
    expect(parseExactJson('{"a":"1.10","b":" 1e400","c":[1.50]}')).toMatchObject({ a: '1.10', b: ' 1e400' });
  });
});
