import { z } from 'zod';
import type { JobError } from '#lib/jobs/contract.ts';
import { everySeconds } from './quota-demand.ts';

/** How a source can be doing; `silent`: nothing has begun although it should have. */
export const healthState = z.enum(['ok', 'failed', 'late', 'rows_off', 'silent']);
export type HealthState = z.infer<typeof healthState>;

/** What is known of a source when its health is looked at. Times are ISO 8601. */
export interface HealthFacts {
  readonly now: string;
  /** As it was found last, and why. */
  readonly health: HealthState;
  readonly healthReason: string | null;
  readonly frequency: keyof typeof everySeconds;
  /** Since when it is to be synced that often. */
  readonly scheduledAt: string;
  readonly syncStatus: 'idle' | 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  readonly syncError: JobError | null;
  readonly lastSyncAt: string | null;
  readonly nextSyncAt: string | null;
  /** Since when a run waits that nobody has begun. */
  readonly queuedAt: string | null;
  /** The streams that are mapped. */
  readonly streams: readonly string[];
  /** Of the latest six runs that have read everything, the latest first: the rows by stream. */
  readonly wholeRuns: readonly Readonly<Record<string, { readonly read: number }>>[];
}

/** How a source is doing, and why in a sentence; null where it is well. */
export interface Finding {
  readonly state: HealthState;
  readonly reason: string | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Within it the clock comes by five times, and a sync that reads everything once a day may take its time. */
const LEAST_GRACE_MS = 25 * MINUTE_MS;
const LONGEST_GRACE_MS = 3 * HOUR_MS;
const COMPARED_RUNS = 5;
const WELL: Finding = { state: 'ok', reason: null };

/**
 * How a source is doing that is on and mapped. What is under way, or was stopped by a person, proves nothing: what
 * was wrong before it stays wrong until a sync has ended.
 */
export function healthNow(facts: HealthFacts): Finding {
  const { syncStatus, syncError, health, healthReason } = facts;
  const schedule = scheduleOf(facts);
  const kept: Finding = { state: health, reason: healthReason };
  if (schedule && isSilent(facts, schedule)) return silent(facts);
  const isOpen = syncStatus === 'queued' || syncStatus === 'running' || syncStatus === 'cancelled';
  const isWrong = health === 'failed' || (schedule !== null && (health === 'late' || health === 'silent'));
  if (isOpen && isWrong) return kept;
  if (syncStatus === 'failed') return { state: 'failed', reason: syncError?.message ?? null };
  if (schedule && isLate(facts, schedule)) return late(facts);
  if (isOpen && health === 'rows_off') return kept;
  return rowsOff(facts) ?? WELL;
}

interface Schedule {
  readonly periodMs: number;
  readonly graceMs: number;
}

function scheduleOf({ frequency }: HealthFacts): Schedule | null {
  const seconds = everySeconds[frequency];
  if (seconds === null) return null;
  const periodMs = seconds * 1_000;
  return { periodMs, graceMs: Math.max(LEAST_GRACE_MS, Math.min(periodMs / 2, LONGEST_GRACE_MS)) };
}

function ageMs({ now }: HealthFacts, at: string): number {
  return Date.parse(now) - Date.parse(at);
}

function isSilent(facts: HealthFacts, { graceMs }: Schedule): boolean {
  const due = dueSince(facts);
  return due !== null && Math.min(ageMs(facts, due), ageMs(facts, facts.scheduledAt)) > graceMs;
}

/** A run that waits keeps any other from being started, so it is what should have begun. */
function dueSince({ syncStatus, queuedAt, nextSyncAt }: HealthFacts): string | null {
  return syncStatus === 'running' ? null : (queuedAt ?? nextSyncAt);
}

function silent(facts: HealthFacts): Finding {
  const since = timeInWords(dueSince(facts) ?? facts.now);
  const what = facts.queuedAt ? 'A sync waits to begin since' : 'A sync was to begin at';
  return { state: 'silent', reason: `${what} ${since}, and none has begun.` };
}

function isLate(facts: HealthFacts, { periodMs, graceMs }: Schedule): boolean {
  const { lastSyncAt, scheduledAt } = facts;
  const ages = [ageMs(facts, scheduledAt), ...(lastSyncAt ? [ageMs(facts, lastSyncAt)] : [])];
  return Math.min(...ages) > periodMs + graceMs;
}

function late({ frequency, lastSyncAt }: HealthFacts): Finding {
  const last = lastSyncAt
    ? `the last that succeeded ended at ${timeInWords(lastSyncAt)}`
    : 'none has succeeded';
  return { state: 'late', reason: `It is to be synced ${frequencyWords[frequency]}, and ${last}.` };
}

const frequencyWords = {
  realtime: 'every five minutes',
  hourly: 'every hour',
  daily: 'every day',
  manual: 'when it is asked for',
} as const;

/** The last run that has read everything against the median of the five before it, of the streams that all have read. */
function rowsOff({ streams, wholeRuns }: HealthFacts): Finding | null {
  const [last, ...before] = wholeRuns;
  const compared = before.slice(0, COMPARED_RUNS);
  if (!last || compared.length < COMPARED_RUNS) return null;
  const common = streams.filter((stream) => compared.every((run) => stream in run));
  const rowsOf = (run: typeof last) => common.reduce((sum, stream) => sum + (run[stream]?.read ?? 0), 0);
  const usual = median(compared.map(rowsOf));
  const read = rowsOf(last);
  if (Math.abs(read - usual) <= usual / 2) return null;
  const reason = `It read ${rowsInWords(read)}; its five full syncs before read ${rowsInWords(usual)}, as their median.`;
  return { state: 'rows_off', reason };
}

/** Of an odd number of them. */
function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

function rowsInWords(rows: number): string {
  return `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`;
}

/** `10:05 on 22 November 2026 (UTC)`. */
export function timeInWords(at: string): string {
  const date = new Date(at);
  const day = date.toLocaleDateString('en-GB', { timeZone: 'UTC', dateStyle: 'long' });
  return `${date.toLocaleTimeString('en-GB', { timeZone: 'UTC', timeStyle: 'short' })} on ${day} (UTC)`;
}
