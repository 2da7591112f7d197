import { describe, expect, it } from 'vitest';
import {
  placeOf,
  readable,
  verdictOf,
} from '#app/(dashboard)/sources/[id]/rejects/_components/reject-words.ts';

describe('a reject in words', () => {
  it('says where the row is found, as far as that is known', () => {
    expect(placeOf({ stream: 'rows', line: '7', externalId: 'A-1' })).toBe('rows, line 7, key A-1');
    expect(placeOf({ stream: 'rows', line: null, externalId: null })).toBe('rows');
  });

  it('breaks the lines of JSON, and leaves what is none as it came', () => {
    expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
    expect(readable('1;"2')).toBe('1;"2');
  });

  it('keeps the digits of numbers that JavaScript would round', () => {
    expect(readable('{"a":12345678901234567890}')).toBe('{\n  "a": 12345678901234567890\n}');
  });
});

describe('the verdict on parked rows', () => {
  it('says how many of all would be taken', () => {
    expect(verdictOf({ parked: 3, tried: 3, taken: 2 }, String)).toBe('2 of the 3 rows would be taken.');
  });

  it('says so of the first where there are more', () => {
    expect(verdictOf({ parked: 1_200, tried: 50, taken: 37 }, String)).toBe(
      '37 of the first 50 rows would be taken, of 1200 in all.',
    );
  });
});
