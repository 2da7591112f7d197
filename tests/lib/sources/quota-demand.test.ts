import { describe, expect, it } from 'vitest';
import { type Load, requireFit } from '#lib/sources/quota-demand.ts';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

function load(streams: number, everySeconds: number, lastCalls?: number): Load {
  return { streams, everySeconds, lastCalls };
}

function problemOf(calls: number, seconds: number, ...loads: [Load, ...Load[]]): string | undefined {
  try {
    requireFit({ windows: [{ calls, seconds }], loads, allowedBy: 'Finale' });
    return undefined;
  } catch (error) {
    return (error as { fields: { syncFrequency: string } }).fields.syncFrequency;
  }
}

describe('a schedule', () => {
  it.each<[string, number, number, [Load, ...Load[]]]>([
    ['exactly what an hour admits', 240, HOUR, [load(4, MINUTE)]],
    ['a burst that a second does not admit and an hour does', 1, 1, [load(10, HOUR)]],
    ['a day of which each run takes its share', 24, DAY, [load(1, HOUR)]],
    ['what the last sync took, although it is fewer than the streams', 24, DAY, [load(9, HOUR, 1)]],
    ['a rare neighbour', 13, HOUR, [load(1, 5 * MINUTE), load(24, DAY)]],
  ])('fits: %s', (_, calls, seconds, loads) => {
    expect(problemOf(calls, seconds, ...loads)).toBeUndefined();
  });

  it.each<[string, number, number, [Load, ...Load[]]]>([
    [
      '4 streams every minute make at least 240 calls in an hour, where Finale allows 239: choose a lower frequency, or map fewer streams',
      239,
      HOUR,
      [load(4, MINUTE)],
    ],
    [
      '1 stream every hour makes at least 24 calls in a day, where Finale allows 23: choose a lower frequency, or map fewer streams',
      23,
      DAY,
      [load(1, HOUR)],
    ],
    [
      '30 streams every 5 minutes make at least 30 calls in 5 minutes, where Finale allows 25: choose a lower frequency, or map fewer streams',
      5,
      MINUTE,
      [load(30, 5 * MINUTE)],
    ],
    [
      '2 streams every 5 minutes make at least 24 calls in an hour, and 2 other sources of the same account 13, where Finale allows 36: choose a lower frequency, or map fewer streams',
      36,
      HOUR,
      [load(2, 5 * MINUTE), load(1, 5 * MINUTE), load(10, DAY)],
    ],
    [
      'its last sync took 40 calls: one every hour makes 960 in a day, where Finale allows 959: choose a lower frequency, or map fewer streams',
      959,
      DAY,
      [load(2, HOUR, 40)],
    ],
    [
      'its last sync took 1 call: one every hour makes 1 in an hour, and 1 other source of the same account 40, where Finale allows 40: choose a lower frequency, or map fewer streams',
      40,
      HOUR,
      [load(1, HOUR, 1), load(1, HOUR, 40)],
    ],
  ])('does not fit: %s', (problem, calls, seconds, loads) => {
    expect(problemOf(calls, seconds, ...loads)).toBe(problem);
  });
});
