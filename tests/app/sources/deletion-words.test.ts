import { describe, expect, it } from 'vitest';
import {
  explanationOf,
  goneInWords,
  isUnderWay,
  statusOf,
} from '#app/(dashboard)/sources/[id]/deletions/_components/deletion-words.ts';
import { deletionStatuses } from '#lib/sync/deletions/list.ts';

describe('a delete in words', () => {
  const reason = 'vanished';

  it('says how many of how many rows are gone', () => {
    expect(goneInWords({ reason, vanished: 12, present: 40 }, String)).toBe(
      '12 of 40 rows are gone from the source',
    );
    expect(goneInWords({ reason, vanished: 1, present: 1 }, String)).toBe(
      '1 of 1 row is gone from the source',
    );
  });

  it('has a word and an explanation of its own for every state', () => {
    expect(new Set(deletionStatuses.map((status) => statusOf({ status }))).size).toBe(
      deletionStatuses.length,
    );
    expect(deletionStatuses.every((status) => explanationOf({ reason, status }).endsWith('.'))).toBe(true);
  });

  it('calls rows that the mapping has left behind by that', () => {
    const left = { reason: 'unmapped', vanished: 2, present: 2 } as const;
    expect(goneInWords(left, String)).toBe('The mapping has left 2 rows behind');
    expect(explanationOf({ ...left, status: 'held' })).toContain('The mapping fills this dataset');
    expect(explanationOf({ ...left, status: 'applied' })).toBe(explanationOf({ reason, status: 'applied' }));
  });

  it('is under way while its rows go or come back', () => {
    const busy = deletionStatuses.filter((status) => isUnderWay({ status }));
    expect(busy).toEqual(['applying', 'undoing']);
  });
});
