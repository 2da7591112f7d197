import { describe, expect, it } from 'vitest';
import { durationMs, isoOf, momentOf, stepMs, written } from '#connectors/json/moment.ts';

describe('a moment', () => {
  it.each([
    ['2026-03-01T12:00:00.123Z', '2026-03-01T12:00:00.123Z'],
    ['2026-03-01T12:00:00.123456Z', '2026-03-01T12:00:00.123Z'],
    ['2026-03-01 12:00:00', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00+02:00', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01T12:00:00-0530', '2026-03-01T17:30:00.000Z'],
    ['2026-03-01 12:00:00 +02', '2026-03-01T10:00:00.000Z'],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['Sun, 01 Mar 2026 12:00:00 GMT', '2026-03-01T12:00:00.000Z'],
    [1_772_366_400, '2026-03-01T12:00:00.000Z'],
    [1_772_366_400_500, '2026-03-01T12:00:00.500Z'],
    [1_772_366_400.25, '2026-03-01T12:00:00.250Z'],
    ['1772366400', '2026-03-01T12:00:00.000Z'],
    [JSON.rawJSON('1772366400.50'), '2026-03-01T12:00:00.500Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('%j is read as %s', (value, iso) => {
    expect(isoOf(momentOf(value) ?? Number.NaN)).toBe(iso);
  });

  it.each([
    ['03/01/2026'],
    ['yesterday'],
    ['2026-13-01'],
    ['2026-03-01T25:00:00Z'],
    ['0000-01-01'],
    [''],
    [null],
    [undefined],
    [true],
    [{}],
    [1e300],
    [Number.NaN],
    [JSON.rawJSON('1e400')],
  ])('%j is none', (value) => {
    expect(momentOf(value)).toBeUndefined();
  });

  it.each([
    ['iso', '2026-03-01T12:00:00.789Z'],
    ['isoSeconds', '2026-03-01T12:00:00Z'],
    ['unix', '1772366400'],
    ['unixMs', '1772366400789'],
    ['date', '2026-03-01'],
  ] as const)('is written as %s, rounded down', (format, text) => {
    const ms = Date.parse('2026-03-01T12:00:00.789Z');
    expect(written(ms, format)).toBe(text);
    expect(ms - (momentOf(text) ?? 0)).toBeLessThan(stepMs(format));
  });

  it('before the year 1 or after 9999 is written as their end', () => {
    expect(written(-1e15, 'iso')).toBe('0001-01-01T00:00:00.000Z');
    expect(written(1e15, 'date')).toBe('9999-12-31');
  });
});

describe('a span of time', () => {
  it.each([
    ['1 second', 1_000],
    ['5 minutes', 300_000],
    ['2 hours', 7_200_000],
    ['1 day', 86_400_000],
    ['3 weeks', 1_814_400_000],
  ])('%s has its length', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });
});
