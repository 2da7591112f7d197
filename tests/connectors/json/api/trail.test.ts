import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stepOn, type Trail } from '#connectors/json/api/trail.ts';

/** After how many steps a repetition was noticed; undefined where none was. */
function noticedAfter(steps: Iterable<string>): number | undefined {
  let trail: Trail | undefined;
  let count = 0;
  for (const step of steps) {
    count += 1;
    const next = stepOn(trail, step);
    if (!next) return count;
    trail = next;
  }
  return undefined;
}

it('a sequence of steps that all differ is never taken for a circle', () => {
  expect(noticedAfter(Array.from({ length: 10_000 }, (_, index) => `step ${index}`))).toBeUndefined();
});

it('a step like the one before is noticed at once', () => {
  expect(noticedAfter(['a', 'b', 'c', 'd', 'd'])).toBe(5);
});

it('a circle of any length is noticed, within three times the way into it and round it', () => {
  fc.assert(
    fc.property(fc.nat({ max: 50 }), fc.integer({ min: 1, max: 50 }), (before, round) => {
      const steps = Array.from({ length: 3 * (before + round) + 1 }, (_, index) =>
        index < before ? `way ${index}` : `round ${(index - before) % round}`,
      );
      expect(noticedAfter(steps)).toBeLessThanOrEqual(3 * (before + round) + 1);
    }),
  );
});

it('what is kept of it stays small', () => {
  let trail: Trail | undefined;
  for (let index = 0; index < 1_000; index += 1) trail = stepOn(trail, `step ${index}`);
  expect(JSON.stringify(trail).length).toBeLessThan(100);
});
