import { describe, expect, it } from 'vitest';
import { ageInWords } from '#app/_ui/age-in-words.ts';
import {
  nameOf,
  percentOf,
  spanInWords,
  usedInWords,
} from '#app/(dashboard)/sources/[id]/_components/quota-words.ts';

describe('a quota in words', () => {
  it.each([
    [1, 'second'],
    [60, 'minute'],
    [300, '5 minutes'],
    [3_600, 'hour'],
    [86_400, 'day'],
    [90, '90 seconds'],
  ])('names a window of %i seconds', (seconds, words) => {
    expect(spanInWords(seconds)).toBe(words);
  });

  it('says whose limit it is', () => {
    expect(nameOf({ of: 'source', seconds: 60 })).toBe('Your own limit, per minute');
  });

  it('says in words that a window is full, and never shows more than all', () => {
    expect(usedInWords({ used: 3, limit: 30 }, String)).toBe('3 of 30 calls used');
    expect(usedInWords({ used: 30, limit: 30 }, String)).toBe('30 of 30 calls used: full');
    expect(percentOf({ used: 40, limit: 30 })).toBe(100);
  });
});

describe('an age in words', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  it.each([
    ['2026-11-22T11:59:40Z', 'now'],
    ['2026-11-22T09:00:30Z', '2 hours ago'],
    ['2026-11-21T11:00:00Z', 'yesterday'],
    ['2026-11-22T12:05:10Z', 'in 5 minutes'],
  ])('of %s is %s', (at, words) => {
    expect(ageInWords(at, now, 'en')).toBe(words);
  });
});
