import { describe, expect, it } from 'vitest';
import {
  draftOf,
  type Guarded,
  patchOf,
  problemsIn,
} from '#app/(dashboard)/sources/[id]/settings/_components/safeguard-draft.ts';
import { sourcePatch } from '#lib/sources/definition.ts';

const source: Guarded = {
  rateLimits: [
    { calls: 60, seconds: 60 },
    { calls: 500, seconds: 3_600 },
  ],
  cacheTtlSeconds: 3_600,
  deleteGuard: { rows: 5, share: 0.07, most: 1_000 },
  rejectLimit: { rows: 100, share: 0.5 },
  conflictPolicy: 'ask',
  conflictPolicies: { parts: 'local_wins', lines: 'source_wins' },
};
const draft = draftOf(source);
const numbers = (changed: Partial<typeof draft.numbers>) => ({
  ...draft,
  numbers: { ...draft.numbers, ...changed },
});

describe('the limits of a source in a form', () => {
  it('are saved as they were where nothing is changed', () => {
    expect(patchOf(draft, source)).toEqual(source);
    expect(problemsIn(draft)).toEqual({});
  });

  it('show a share as a percentage without the dust of binary fractions', () => {
    expect(draft.numbers.guardPercent).toBe('7');
  });

  it('take a policy away where a dataset does as the source does', () => {
    const { conflictPolicies } = patchOf({ ...draft, policies: { parts: 'ask' } }, source);
    expect(conflictPolicies).toEqual({ lines: null, parts: 'ask' });
  });

  it('are what a patch of a source takes', () => {
    expect(sourcePatch.safeParse(patchOf(numbers({ cacheMinutes: '0.5' }), source)).success).toBe(true);
  });

  it.each(['', '0', '-1', '1.5', 'many', '1e9'])('take no %j for a number of calls', (calls) => {
    const limits = [{ id: 3, calls, seconds: 60 }];
    expect(Object.keys(problemsIn({ ...draft, limits }))).toEqual(['limit3']);
  });

  it.each([{ guardRows: '0' }, { guardPercent: '101' }, { rejectPercent: ' ' }, { cacheMinutes: '-1' }])(
    'name what is wrong with %j',
    (changed) => {
      expect(Object.keys(problemsIn(numbers(changed)))).toEqual(Object.keys(changed));
    },
  );
});
