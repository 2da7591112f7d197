type Headers = Readonly<Record<string, string>>;

/** A wait that is longer ends the slice: waiting is the queue's business. */
export const LONGEST_WAIT_MS = 5_000;
/** What to wait after a 429 that does not say how long. */
const LIMITED_WAIT_MS = 60_000;
const DAY_MS = 86_400_000;
/** A reset later than this many seconds is a moment since 1970, not a span. */
const SPAN_MAX_SECONDS = 1_000_000_000;

/**
 * How long the other side asks us to wait, in milliseconds from `now`, at most a day; undefined where it does
 * not say. Reads `Retry-After` (seconds or a date) first, then what vendors send instead.
 */
export function statedWait(headers: Headers, now: Date): number | undefined {
  return bounded(
    retryAfter(headers['retry-after'], now) ??
      reset(headers, now) ??
      oneCallAt(headers['x-amzn-ratelimit-limit']),
  );
}

/** How long to wait after a 429, in milliseconds: as long as it says, else a minute. */
export function limitedWait(headers: Headers, now: Date): number {
  return statedWait(headers, now) ?? LIMITED_WAIT_MS;
}

/**
 * For how long nobody is to call, in milliseconds, where an answer says so: it was refused for haste, the server
 * asks for a pause, or this was the last call that it admits for now.
 */
export function closingWait(status: number, headers: Headers, now: Date): number | undefined {
  if (status === 429) return limitedWait(headers, now);
  if (status === 503) return bounded(retryAfter(headers['retry-after'], now));
  return named(headers, 'remaining') === 0 ? bounded(reset(headers, now)) : undefined;
}

function bounded(wait: number | undefined): number | undefined {
  return wait === undefined ? undefined : Math.min(Math.max(wait, 0), DAY_MS);
}

/** What a server says of its limit, under any of the names in use. */
function named(headers: Headers, what: 'remaining' | 'reset'): number | undefined {
  const names = [`ratelimit-${what}`, `x-ratelimit-${what}`, `x-rate-limit-${what}`];
  return number(names.map((name) => headers[name]).find((text) => text !== undefined));
}

function retryAfter(text: string | undefined, now: Date): number | undefined {
  if (text === undefined) return undefined;
  const seconds = number(text);
  if (seconds !== undefined) return seconds * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date - now.getTime();
}

function reset(headers: Headers, now: Date): number | undefined {
  const value = named(headers, 'reset');
  if (value === undefined || value < SPAN_MAX_SECONDS) return value === undefined ? undefined : value * 1_000;
  const isInSeconds = value < SPAN_MAX_SECONDS * 100;
  return (isInSeconds ? value * 1_000 : value) - now.getTime();
}

/** Amazon states the rate of an operation in calls a second, often below one. */
function oneCallAt(text: string | undefined): number | undefined {
  const callsPerSecond = number(text);
  return callsPerSecond ? 1_000 / callsPerSecond : undefined;
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
