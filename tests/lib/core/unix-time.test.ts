import { expect, it } from 'vitest';
import { unixSeconds } from '#lib/core/unix-time.ts';

it.each([
  ['1970-01-01', '0'],
  ['2026-01-31T08:00:00Z', '1769846400'],
  ['2026-01-31T08:00:00.123456Z', '1769846400.123456'],
  ['1969-12-31T23:59:59.5Z', '-0.5'],
  ['1969-12-31T23:59:58.25Z', '-1.75'],
  ['1969-12-31T23:59:58Z', '-2'],
  ['0001-01-01T00:00:00Z', '-62135596800'],
  ['9999-12-31T23:59:59.999999Z', '253402300799.999999'],
  ['infinity', undefined],
  ['0044-03-15 BC', undefined],
])('%s is %s seconds from 1970', (cell, seconds) => {
  expect(unixSeconds(cell)).toBe(seconds);
});
