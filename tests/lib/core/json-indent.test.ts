import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonIndenter } from '#lib/core/json-indent.ts';

describe('laid out JSON', () => {
  it('is what JSON.stringify lays out, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonIndenter()(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it('keeps the order of members and the digits of numbers', () => {
    expect(jsonIndenter()('{"b":1.10, "1":12345678901234567890,"a" :\n[ ]}')).toBe(
      '{\n  "b": 1.10,\n  "1": 12345678901234567890,\n  "a": []\n}',
    );
  });

  it('may come in pieces', () => {
    const layOut = jsonIndenter();
    const text = ['{"a":[', '', '1', ',{"b":', '"]\\"{"', '}]', '}'].map(layOut).join('');
    expect(text).toBe(JSON.stringify({ a: [1, { b: ']"{' }] }, null, 2));
  });

  it('takes a string of any length', () => {
    const long = '\\"'.repeat(500_000);
    expect(JSON.parse(jsonIndenter()(JSON.stringify([long])))).toEqual([long]);
  });
});
