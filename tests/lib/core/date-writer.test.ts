import { describe, expect, it } from 'vitest';
import { patternProblem } from '#lib/core/date-pattern.ts';
import { dateWriter } from '#lib/core/date-writer.ts';
import { dateReader } from '#lib/datasets/date-format.ts';

const time = '2026-03-05T08:07:06.125Z';

describe('a date is written', () => {
  it.each([
    ['YYYY-MM-DD', '2026-03-05'],
    ['DD.MM.YYYY HH:mm', '05.03.2026 08:07'],
    ['M/D/YY h:m:s A', '3/5/26 8:7:6 AM'],
    ['MMM D, YYYY [at] hh:mm A', 'Mar 5, 2026 at 08:07 AM'],
    ['MMMM', 'March'],
    ['YYYYMMDDTHHmmssSSSZ', '20260305T080706125+00:00'],
    ['[]YYYY', '2026'],
  ])('by %s as %s', (pattern, text) => {
    expect(dateWriter({ pattern })(time)).toBe(text);
  });

  it.each([
    ['America/New_York', '2026-03-05 03:07 -05:00'],
    ['Asia/Kolkata', '2026-03-05 13:37 +05:30'],
    ['Pacific/Auckland', '2026-03-05 21:07 +13:00'],
  ])('by the clocks of %s', (zone, text) => {
    expect(dateWriter({ pattern: 'YYYY-MM-DD HH:mm Z', zone })(time)).toBe(text);
  });

  it.each([
    ['2026-03-29T00:59:59Z', '01:59 +01:00'],
    ['2026-03-29T01:00:00Z', '03:00 +02:00'],
    ['2026-10-25T00:30:00Z', '02:30 +02:00'],
    ['2026-10-25T01:30:00Z', '02:30 +01:00'],
  ])('on either side of a change of the clocks: %s', (cell, text) => {
    expect(dateWriter({ pattern: 'HH:mm Z', zone: 'Europe/Berlin' })(cell)).toBe(text);
  });

  it('as ISO 8601 without a pattern, to the last digit', () => {
    expect(dateWriter({ zone: 'Europe/Berlin' })('2026-03-05T23:07:06.123456Z')).toBe(
      '2026-03-06T00:07:06.123456+01:00',
    );
    expect(dateWriter({})(time)).toBe(time);
  });

  it('as the same day in every zone', () => {
    expect(dateWriter({ pattern: 'DD/MM/YYYY', zone: 'Pacific/Auckland' })('2026-12-31')).toBe('31/12/2026');
    expect(dateWriter({ zone: 'Pacific/Auckland' })('2026-12-31')).toBe('2026-12-31');
  });

  it('at the ends of the calendar', () => {
    const write = dateWriter({ pattern: 'YYYY-MM-DD HH:mm:ss', zone: 'Pacific/Kiritimati' });
    expect(write('9999-12-31T23:59:59Z')).toBe('10000-01-01 13:59:59');
    expect(dateWriter({ pattern: 'D.M.YYYY' })('0001-01-01')).toBe('1.1.0001');
  });

  it.each(['infinity', '-infinity', '0044-03-15 BC', '10000-01-01'])('not, where it is %s', (cell) => {
    expect(dateWriter({ pattern: 'DD.MM.YYYY' })(cell)).toBe(cell);
  });

  it.each([
    ['de-DE', '5. März 2026'],
    ['ru-RU', '5. марта 2026'],
    ['en-US', '5. March 2026'],
  ])('with the months of %s as dates have them', (locale, text) => {
    expect(dateWriter({ pattern: 'D. MMMM YYYY', locale })(time)).toBe(text);
  });

  it('so that the same pattern reads it', () => {
    const pattern = 'MMMM D, YYYY hh:mm:ss.SSS A Z';
    expect(dateReader(pattern)(dateWriter({ pattern })('2026-12-31T12:00:59.987Z'))).toBe(
      '2026-12-31T12:00:59.987+00:00',
    );
  });
});

describe('a pattern', () => {
  it.each([
    ['dd.mm.yyyy', 'timestamp', '“d” is none of them'],
    ['[dd]', 'timestamp', 'must name parts'],
    ['', 'date', 'must name parts'],
    ['YYYY-MM-DD HH:mm', 'date', 'dates have none'],
    ['hh:mm', 'timestamp', 'HH in its place'],
  ] as const)('such as %j is refused for a %s', (pattern, kind, problem) => {
    expect(patternProblem(pattern, kind)).toContain(problem);
  });

  it.each(['YYYY-MM-DDTHH:mm:ssZ', 'hh A', '[Week of] D.M.', 'YYYY年MM月DD日'])(
    'such as %s is taken',
    (pattern) => {
      expect(patternProblem(pattern, 'timestamp')).toBeUndefined();
    },
  );
});
