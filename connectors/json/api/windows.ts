import type { Windows } from '#connectors/json/incremental-definition.ts';
import { DAY_MS, durationMs, momentOf, stepMs, written } from '#connectors/json/moment.ts';
import { EntrepotError } from '#lib/core/errors.ts';

/** A span of time that is asked for at once, in milliseconds since 1970: from `from` on, up to `to`. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;
/** The last window may be so much longer, so that no call is made for a moment that is left. */
const LAST_STRETCH = 1.1;

/** The first window of a pass that begins at `from`, or where the settings say. */
export function firstWindow(windows: Windows, began: string, from = momentOf(windows.start) ?? 0): Window {
  const step = stepMs(windows.format);
  const start = Math.floor(from / step) * step;
  return { from: start, to: endOf(windows, start, began, sizeOf(windows)) };
}

/**
 * The window after one that was read to its end, twice as long, up to the size of the settings, where that one
 * was sparse; undefined where that was the last, which ends tomorrow.
 */
export function nextWindow(
  windows: Windows,
  { from, to }: Window,
  began: string,
  sparse: boolean,
): Window | undefined {
  if (to >= lastMoment(windows, began)) return undefined;
  const size = Math.min(sizeOf(windows), (sparse ? 2 : 1) * (to - from));
  return { from: to, to: endOf(windows, to, began, size) };
}

/** The first half of a window that gave too many rows; `DATA_ERROR` where it may not be made smaller. */
export function halfOf(windows: Windows, { from, to }: Window, rows: number): Window {
  const step = stepMs(windows.format);
  const half = Math.floor((to - from) / 2 / step) * step;
  if (half >= smallestOf(windows)) return { from, to: from + half };
  const span = `${written(from, windows.format)} and ${written(to, windows.format)}`;
  throw new EntrepotError(
    'DATA_ERROR',
    `Between ${span} there are ${rows} rows, as many as the API gives at once, so that some may be missing. Let the windows be shorter, or ask its operator for a higher limit.`,
    { fields: { 'config.windows.smallest': 'is too long for how many rows there are' } },
  );
}

/** The parameters that ask for a window. */
export function windowParameters({ from, to, format }: Windows, window: Window): Record<string, string> {
  return { [from]: written(window.from, format), [to]: written(window.to, format) };
}

function endOf(windows: Windows, from: number, began: string, size: number): number {
  const step = stepMs(windows.format);
  const length = Math.max(Math.floor(size / step) * step, step);
  const last = Math.max(lastMoment(windows, began), from + step);
  return from + LAST_STRETCH * length >= last ? last : from + length;
}

/** A day ahead: clocks differ, and so do the dates of one moment. */
function lastMoment({ format }: Windows, began: string): number {
  const step = stepMs(format);
  return Math.ceil(((momentOf(began) ?? 0) + DAY_MS) / step) * step;
}

function sizeOf({ size, format }: Windows): number {
  return Math.max(durationMs(size), stepMs(format));
}

function smallestOf({ smallest, format }: Windows): number {
  const least = format === 'date' ? DAY_MS : MINUTE_MS;
  return Math.max(smallest ? durationMs(smallest) : least, stepMs(format));
}
