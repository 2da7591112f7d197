import { describe, expect, it } from 'vitest';
import { type HealthFacts, type HealthState, healthNow } from '#lib/sources/health.ts';

const now = '2026-03-10T12:00:00Z';
const ago = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString();

/** An hourly source that was synced half an hour ago, but for what is said of it. */
function facts(changes: Partial<HealthFacts> = {}): HealthFacts {
  return {
    now,
    health: 'ok',
    healthReason: null,
    frequency: 'hourly',
    scheduledAt: ago(100_000),
    syncStatus: 'completed',
    syncError: null,
    lastSyncAt: ago(30),
    nextSyncAt: ago(-30),
    queuedAt: null,
    streams: ['rows'],
    wholeRuns: [],
    ...changes,
  };
}

const stateOf = (changes: Partial<HealthFacts>) => healthNow(facts(changes)).state;
const failed = { syncStatus: 'failed', syncError: { code: 'AUTH_FAILED', message: 'No.' } } as const;

describe('a source', () => {
  it.each<[string, HealthState, Partial<HealthFacts>]>([
    ['that was synced in time is well', 'ok', {}],
    ['that was not synced yet is well', 'ok', { syncStatus: 'idle', lastSyncAt: null, scheduledAt: ago(10) }],
    ['whose last sync failed has failed', 'failed', failed],
    [
      'that nobody schedules is never late',
      'ok',
      { frequency: 'manual', nextSyncAt: null, lastSyncAt: ago(99_999) },
    ],
    ['that nobody schedules can fail', 'failed', { frequency: 'manual', nextSyncAt: null, ...failed }],
    ['whose run goes on past its grace is late', 'late', { syncStatus: 'running', lastSyncAt: ago(91) }],
    ['whose run goes on within it is not', 'ok', { syncStatus: 'running', lastSyncAt: ago(89) }],
    [
      'whose runs are cancelled again and again is late',
      'late',
      { syncStatus: 'cancelled', lastSyncAt: ago(91) },
    ],
    [
      'that is scheduled since just now is not late yet',
      'ok',
      { syncStatus: 'running', lastSyncAt: ago(9_999), scheduledAt: ago(5) },
    ],
    [
      'that has never succeeded since it was scheduled is late',
      'late',
      { syncStatus: 'running', lastSyncAt: null },
    ],
    [
      'of every five minutes is late after half an hour',
      'late',
      { frequency: 'realtime', syncStatus: 'running', lastSyncAt: ago(31) },
    ],
    [
      'of every five minutes is not late before',
      'ok',
      { frequency: 'realtime', syncStatus: 'running', lastSyncAt: ago(29) },
    ],
    [
      'of every day is late after 27 hours',
      'late',
      { frequency: 'daily', syncStatus: 'running', lastSyncAt: ago(27 * 60 + 1) },
    ],
    [
      'of every day is not late before',
      'ok',
      { frequency: 'daily', syncStatus: 'running', lastSyncAt: ago(27 * 60 - 1) },
    ],
    ['that is due and has not been started is silent', 'silent', { nextSyncAt: ago(31) }],
    ['that is due since a little while is not', 'ok', { nextSyncAt: ago(29) }],
    ['whose run nobody begins is silent', 'silent', { syncStatus: 'queued', queuedAt: ago(31) }],
    ['whose run waits for a little while is not', 'ok', { syncStatus: 'queued', queuedAt: ago(29) }],
    ['that failed and is not started any more is silent', 'silent', { ...failed, nextSyncAt: ago(31) }],
    ['that runs is not silent', 'ok', { syncStatus: 'running', nextSyncAt: ago(31) }],
  ])('%s', (_, state, changes) => {
    expect(stateOf(changes)).toBe(state);
  });
});

describe('what was wrong', () => {
  const wrong = ['failed', 'late', 'silent'] as const;
  it.each(wrong)('stays %s while the next sync runs, and when a person stops it', (health) => {
    for (const syncStatus of ['queued', 'running', 'cancelled'] as const) {
      const was = { health, healthReason: 'It was so.', syncStatus, lastSyncAt: ago(500) };
      expect(healthNow(facts(was))).toEqual({ state: health, reason: 'It was so.' });
    }
  });

  it.each([...wrong, 'rows_off'] as const)('is %s no more once a sync has succeeded', (health) => {
    expect(healthNow(facts({ health, healthReason: 'It was so.' }))).toEqual({ state: 'ok', reason: null });
  });

  it('is neither late nor silent any more once nobody schedules it', () => {
    for (const health of ['late', 'silent'] as const) {
      const unscheduled = { frequency: 'manual', nextSyncAt: null, syncStatus: 'cancelled' } as const;
      expect(stateOf({ health, ...unscheduled })).toBe('ok');
    }
  });
});

describe('the number of rows', () => {
  const runs = (...reads: number[]) => reads.map((read) => ({ rows: { read } }));
  it.each<[string, HealthState, HealthFacts['wholeRuns']]>([
    ['of half of the median is as usual', 'ok', runs(50, 90, 100, 110, 120, 80)],
    ['of less than half is off', 'rows_off', runs(49, 90, 100, 110, 120, 80)],
    ['of one and a half of it is as usual', 'ok', runs(150, 90, 100, 110, 120, 80)],
    ['of more than that is off', 'rows_off', runs(151, 90, 100, 110, 120, 80)],
    ['is held against five runs, not against the last alone', 'ok', runs(100, 1_000, 100, 100, 100, 100)],
    ['is off where nothing is left', 'rows_off', runs(0, 7, 7, 7, 7, 7)],
    ['is as usual where there was never anything', 'ok', runs(0, 0, 0, 0, 0, 0)],
    ['is not judged before there are five to hold it against', 'ok', runs(1, 100, 100, 100, 100)],
  ])('%s', (_, state, wholeRuns) => {
    expect(stateOf({ wholeRuns })).toBe(state);
  });

  it('is that of the streams that every run has read', () => {
    const before = runs(100, 100, 100, 100, 100);
    const more = { rows: { read: 100 }, orders: { read: 10_000 } };
    expect(stateOf({ streams: ['rows', 'orders'], wholeRuns: [more, ...before] })).toBe('ok');
    expect(stateOf({ streams: ['orders'], wholeRuns: [more, ...before] })).toBe('ok');
  });

  it('that is missing counts as none', () => {
    expect(stateOf({ wholeRuns: [{}, ...runs(100, 100, 100, 100, 100)] })).toBe('rows_off');
  });

  it('is said in words', () => {
    const wholeRuns = runs(1, 1_000, 1_000, 1_000, 1_000, 1_000);
    expect(healthNow(facts({ wholeRuns })).reason).toContain(
      'It read 1 row; its five full syncs before read 1,000 rows',
    );
  });
});
