import { describe, expect, it } from 'vitest';
import { suggestColumns } from '#lib/datasets/suggest.ts';

const typeOf = (...sample: unknown[]) =>
  suggestColumns(
    sample.map((value) => ({ values: { x: value } })),
    ['x'],
  )[0]?.type;

describe('a suggested type', () => {
  it.each([
    ['integer', ['1', '-20', '0', '']],
    ['integer', [1, null, 3]],
    ['decimal', ['1', '2.5']],
    ['decimal', ['5.0', '6.0']],
    ['decimal', [JSON.rawJSON('1.10'), 2]],
    ['text', ['00501', '10001']],
    ['text', ['+4912345', '1']],
    ['text', ['1234567890123456789012']],
    ['text', ['1', 'a']],
    ['text', ['', null]],
    ['text', []],
    ['text', [true, 1]],
    ['decimal', ['0.5', '-0.5', '0']],
    ['boolean', ['true', 'FALSE']],
    ['boolean', [true, false]],
    ['integer', ['0', '1']],
    ['date', ['2026-01-31', '0001-01-01']],
    ['timestamp', ['2026-01-31', '2026-01-31T10:00:00Z']],
    ['text', ['01/02/2026']],
    ['json', [{ a: 1 }, [2]]],
    ['text', [{ a: 1 }, 'x']],
  ])('is %s for %j', (type, sample) => {
    expect(typeOf(...sample)).toBe(type);
  });

  it('comes for each column, in the order of the header, else of the rows', () => {
    const rows = [{ values: { b: '1' } }, { values: { b: '2', a: 'x' } }];
    expect(suggestColumns(rows)).toEqual([
      { name: 'b', type: 'integer' },
      { name: 'a', type: 'text' },
    ]);
    expect(suggestColumns(rows, ['a', 'b', 'c']).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'a text',
      'b integer',
      'c text',
    ]);
  });
});
