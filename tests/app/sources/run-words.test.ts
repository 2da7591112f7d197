import { describe, expect, it } from 'vitest';
import { fieldsOf, operationOf, shownValue } from '#app/_ui/change-words.ts';
import {
  countsInWords,
  countsOf,
  parentOf,
  streamsInOrder,
} from '#app/(dashboard)/sources/[id]/_components/run-counts.ts';
import {
  callsInWords,
  kindOf,
  rejectsOf,
  tookMs,
  warningsInWords,
} from '#app/(dashboard)/sources/[id]/_components/run-words.ts';

const none = { read: 0, inserted: 0, updated: 0, unchanged: 0, deleted: 0, rejected: 0, superseded: 0 };
const streams = {
  'rows.lines': { ...none, read: 7, inserted: 7 },
  rows: { ...none, read: 3, inserted: 2, rejected: 1 },
  vendors: { ...none, read: 5, unchanged: 5 },
};

describe('the counts of a run', () => {
  it('are summed over its streams, without the items of their lists', () => {
    expect(countsOf({ streams })).toEqual({ ...none, read: 8, inserted: 2, unchanged: 5, rejected: 1 });
  });

  it('are listed by stream, each followed by its lists', () => {
    expect(streamsInOrder({ streams }).map(([name]) => name)).toEqual(['rows', 'rows.lines', 'vendors']);
  });

  it('take no stream for a list because its name begins alike', () => {
    expect(parentOf('rows.lines', streams)).toBe('rows');
    expect(parentOf('rowsets', { rows: none, rowsets: none })).toBeUndefined();
  });

  it('say of a dry run what it would do', () => {
    const counts = { ...none, read: 4, inserted: 1, deleted: 2, unchanged: 3 };
    expect(countsInWords(counts, true, String)).toBe(
      '4 read · 1 would be inserted · 3 unchanged · 2 would be deleted',
    );
    expect(countsInWords(counts, false, String)).toBe('4 read · 1 inserted · 3 unchanged · 2 deleted');
  });
});

describe('a run in words', () => {
  it('is a dry run, whatever it read', () => {
    expect(kindOf({ mode: 'full', dryRun: true })).toBe('Dry run');
    expect(kindOf({ mode: 'replay', dryRun: false })).toBe('Replay of rejected rows');
  });

  it('says what it cost the quota', () => {
    expect(callsInWords({ apiCalls: 1, wastedCalls: 0, cacheHits: 0 }, String)).toBe('1 call');
    expect(callsInWords({ apiCalls: 12, wastedCalls: 2, cacheHits: 3 }, String)).toBe(
      '12 calls, 2 of them wasted, 3 from the cache',
    );
  });

  it('took no time that anybody knows until it has ended', () => {
    expect(tookMs({ startedAt: '2026-11-22T10:00:00Z', completedAt: null })).toBeNull();
    expect(tookMs({ startedAt: '2026-11-22T10:00:00Z', completedAt: '2026-11-22T10:00:02Z' })).toBe(2_000);
  });

  it('leads to what it has rejected, and a replay to what is still open', () => {
    const run = { id: 'r', sourceId: 's' };
    expect(rejectsOf({ ...run, mode: 'full' })).toBe('/sources/s/rejects?run=r&status=all');
    expect(rejectsOf({ ...run, mode: 'replay' })).toBe('/sources/s/rejects');
  });

  it('counts its warnings', () => {
    expect(warningsInWords({ warnings: [] })).toBeNull();
    expect(warningsInWords({ warnings: [{ stream: 'rows', message: 'x' }] })).toBe('1 warning');
  });
});

describe('a change in words', () => {
  it('is one that would be, in a dry run', () => {
    expect(operationOf({ operation: 'undeleted' }, false)).toBe('Returned');
    expect(operationOf({ operation: 'undeleted' }, true)).toBe('Would return');
  });

  it('shows what is empty, and cuts what is long', () => {
    expect([shownValue(null), shownValue(''), shownValue('0')]).toEqual(['(empty)', '(empty)', '0']);
    expect(shownValue('x'.repeat(301))).toBe(`${'x'.repeat(300)}…`);
  });

  it('shows of an inserted row only what it has, and of an updated one what went', () => {
    const fields = { title: { before: null, after: 'A' }, note: { before: 'b', after: null } };
    expect(fieldsOf({ operation: 'inserted', fields }).map(({ field }) => field)).toEqual(['title']);
    expect(fieldsOf({ operation: 'updated', fields }).map(({ field }) => field)).toEqual(['title', 'note']);
  });
});
