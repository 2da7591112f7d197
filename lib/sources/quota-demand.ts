import { EntrepotError } from '#lib/core/errors.ts';
import type { RateWindow } from '#lib/core/rate-window.ts';

/** What syncs by the clock: so many streams, so often. */
export interface Load {
  readonly streams: number;
  readonly everySeconds: number;
  /** What the last sync that read as the next will took; absent where there is none. */
  readonly lastCalls?: number | undefined;
}

/** Windows, and all that counts in them; the first load is that of the source at hand. */
export interface Demand {
  readonly windows: readonly RateWindow[];
  readonly loads: readonly [Load, ...Load[]];
  /** Whose limit it is, for the sentence. */
  readonly allowedBy: string;
}

/** A stream cannot be read without asking for it. */
const LEAST_CALLS = 1;
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** How often each frequency syncs, in seconds; null for what waits to be asked. */
export const everySeconds = { realtime: 5 * MINUTE, hourly: HOUR, daily: DAY, manual: null } as const;

/**
 * Throws `invalid` for `syncFrequency`, with the arithmetic, where the calls that the syncs take, as far as the last
 * ones tell and else at least, are more than a window admits in the long run. A run may well take longer because it
 * has to wait within it.
 */
export function requireFit({ windows, loads, allowedBy }: Demand): void {
  for (const window of windows) {
    const [own] = loads;
    // Within a window that is shorter than the time between two runs, the calls of one run spread out.
    const span = Math.max(window.seconds, own.everySeconds);
    const needed = Math.ceil(sum(loads.map((load) => callsWithin(load, span))));
    const allowed = Math.floor((window.calls * span) / window.seconds);
    if (needed <= allowed) continue;
    throw doesNotFit(
      `${arithmetic(loads, span)}, where ${allowedBy} allows ${allowed}: choose a lower frequency, or map fewer streams`,
    );
  }
}

function arithmetic([own, ...others]: Demand['loads'], span: number): string {
  const calls = ownCalls(own, span);
  if (others.length === 0) return calls;
  const theirs = Math.ceil(sum(others.map((load) => callsWithin(load, span))));
  return `${calls}, and ${counted(others.length, 'other source')} of the same account ${theirs}`;
}

function ownCalls(own: Load, span: number): string {
  const needed = Math.ceil(callsWithin(own, span));
  const every = `every ${spanText(own.everySeconds, '')}`;
  if (own.lastCalls !== undefined) {
    return `its last sync took ${counted(own.lastCalls, 'call')}: one ${every} makes ${needed} in ${spanText(span)}`;
  }
  const makes = own.streams === 1 ? 'makes' : 'make';
  return `${counted(own.streams, 'stream')} ${every} ${makes} at least ${counted(needed, 'call')} in ${spanText(span)}`;
}

function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

function callsWithin({ streams, everySeconds: every, lastCalls }: Load, span: number): number {
  return ((lastCalls ?? streams * LEAST_CALLS) * span) / every;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const units = [
  { seconds: DAY, name: 'day', article: 'a ' },
  { seconds: HOUR, name: 'hour', article: 'an ' },
  { seconds: MINUTE, name: 'minute', article: 'a ' },
  { seconds: 1, name: 'second', article: 'a ' },
];

/** `5 minutes`; a single unit has its article, or what stands in for it. */
function spanText(seconds: number, article?: string): string {
  const unit = units.find((each) => seconds % each.seconds === 0);
  if (!unit) return `${seconds} seconds`;
  const count = seconds / unit.seconds;
  return count === 1 ? `${article ?? unit.article}${unit.name}` : `${count} ${unit.name}s`;
}

function doesNotFit(problem: string): EntrepotError {
  return new EntrepotError('invalid', `The schedule does not fit: ${problem}.`, {
    fields: { syncFrequency: problem },
  });
}
