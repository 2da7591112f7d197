import { describe, expect, it } from 'vitest';
import { startsFromRight, visualOrder } from '#lib/exports/formats/pdf/directions.ts';

describe('a line with words that are read from right to left', () => {
  it.each([
    ['plain text', ['plain text']],
    ['שלום עולם', ['עולם', ' ', 'שלום']],
    ['one שלום, עולם two', ['one ', 'עולם', ' ,', 'שלום', ' two']],
    ['שלום (דוגמה) 12', ['12 (', 'דוגמה', ') ', 'שלום']],
    ['one (שלום)', ['one (', 'שלום', ')']],
    ['שלום abc def עולם', ['עולם', ' abc def ', 'שלום']],
  ])('is drawn from left to right as its reader expects it: %s', (line, order) => {
    expect(visualOrder(line)).toEqual(order);
  });

  it('begins at the right where its first letter does', () => {
    expect(startsFromRight('12 (שלום) abc')).toBe(true);
    expect(startsFromRight('abc שלום')).toBe(false);
    expect(startsFromRight('12.50')).toBe(false);
  });
});
