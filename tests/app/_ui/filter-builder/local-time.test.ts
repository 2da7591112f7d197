import { describe, expect, it } from 'vitest';
import { toLocal, toUtc } from '#app/_ui/filter-builder/local-time.ts';

describe('a moment', () => {
  it.each([
    ['2026-01-31T08:00', 'UTC', '2026-01-31T08:00:00Z'],
    ['2026-01-31T08:00', 'Europe/Berlin', '2026-01-31T07:00:00Z'],
    ['2026-07-31T08:00', 'Europe/Berlin', '2026-07-31T06:00:00Z'],
    ['2026-01-01T00:30', 'Asia/Kathmandu', '2025-12-31T18:45:00Z'],
    ['2026-01-31T20:15:30', 'America/Anchorage', '2026-02-01T05:15:30Z'],
    ['1800-01-01T00:00', 'UTC', '1800-01-01T00:00:00Z'],
  ])('%s on the clocks of %s is %s, and is shown so again', (local, zone, utc) => {
    expect(toUtc(local, zone)).toBe(utc);
    expect(toLocal(utc, zone)).toBe(local);
  });

  it('that the clocks show twice is the first, and one that they skip is not lost', () => {
    expect(toUtc('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00Z');
    expect(toUtc('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00Z');
  });

  it('is read in every notation that a filter may hold', () => {
    expect(toLocal('2026-01-31', 'Europe/Berlin')).toBe('2026-01-31T01:00');
    expect(toLocal('2026-01-31T08:00', 'Europe/Berlin')).toBe('2026-01-31T09:00');
    expect(toLocal('2026-01-31T08:00:00.5+05:00', 'Europe/Berlin')).toBe('2026-01-31T04:00');
    expect(toLocal('yesterday', 'UTC')).toBe('');
  });

  it('that is not entered whole is none', () => {
    expect(toUtc('', 'UTC')).toBeUndefined();
    expect(toUtc('2026-01-31T', 'UTC')).toBeUndefined();
  });
});
