import { describe, expect, it } from 'vitest';
import { formatsFor } from '#app/_ui/formats.ts';

describe('the size of a file', () => {
  const { bytes } = formatsFor({ locale: 'en-GB', timeZone: 'UTC' });

  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_000, '1 kB'],
    [99_498, '99.5 kB'],
    [2_500_000, '2.5 MB'],
  ])('of %i is written as %s', (count, words) => {
    expect(bytes(count)).toBe(words);
  });
});
