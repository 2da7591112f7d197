type Headers = Readonly<Record<string, string>>;

/** A wait that is longer ends the slice: waiting is the queue's business. */
export const LONGEST_WAIT_MS = 5_000;
/** What to wait after a 429 that does not say how long. */
const LIMITED_WAIT_MS = 60_000;
const DAY_MS = 86_400_000;
/** A reset later than this many seconds is a moment since 1970, not a span. */
const SPAN_MAX_SECONDS = 1_000_000_000;

/** How long a server asks for a pause by `Retry-After`, in milliseconds from `now`, at most a day; undefined where it does not. */
export function askedPause(headers: Headers, now: Date): number | undefined {
  return bounded(retryAfter(headers['retry-after'], now));
}

/**
 * How long to wait after a 429, in milliseconds, at most a day: as long as `Retry-After` (seconds or a date) or what
 * vendors send instead of it says, else a minute.
 */
export function limitedWait(headers: Headers, now: Date): number {
  const stated =
    retryAfter(headers['retry-after'], now) ??
    reset(headers, now) ??
    oneCallAt(headers['x-amzn-ratelimit-limit']);
  return bounded(stated) ?? LIMITED_WAIT_MS;
}

/**
 * For how long nobody is to call, in milliseconds, where an answer says so: it was refused for haste, the server
 * asks for a pause, this was the last call that it admits for now, or it states how many it admits a second. A rate
 * so low that calls at once must be meant beside it is left to the refusals.
 */
export function closingWait(status: number, headers: Headers, now: Date): number | undefined {
  if (status === 429) return limitedWait(headers, now);
  if (status === 503) return askedPause(headers, now);
  if (named(headers, 'remaining') === 0) return bounded(reset(headers, now));
  const spacing = oneCallAt(headers['x-amzn-ratelimit-limit']);
  return spacing !== undefined && spacing <= LONGEST_WAIT_MS ? spacing : undefined;
}

function bounded(wait: number | undefined): number | undefined {
  return wait === undefined ? undefined : Math.min(Math.max(wait, 0), DAY_MS);
}

/** What a server says of its limit, under any of the names in use. */
function named(headers: Headers, what: 'remaining' | 'reset'): number | undefined {
  const names = [`ratelimit-${what}`, `x-ratelimit-${what}`, `x-rate-limit-${what}`];
  const text = names.map((name) => headers[name]).find((each) => each !== undefined);
  return text === undefined ? inOne(headers, what) : number(text);
}

/**
 * Out of the one field that newer drafts have: `limit=10, remaining=0, reset=5`, or a list of policies, as
 * `"burst";r=0;t=5`, of which the one counts that has fewest calls left, for the longest.
 */
function inOne({ ratelimit = '' }: Headers, what: 'remaining' | 'reset'): number | undefined {
  const whole = numberIn(ratelimit, new RegExp(`(?:^|[,;\\s])${what}=(\\d+)`, 'i'));
  if (whole !== undefined) return whole;
  const policies = ratelimit.split(',').flatMap((policy) => {
    const remaining = numberIn(policy, /;\s*r=(\d+)/);
    return remaining === undefined ? [] : [{ remaining, reset: numberIn(policy, /;\s*t=(\d+)/) }];
  });
  policies.sort((a, b) => a.remaining - b.remaining || (b.reset ?? 0) - (a.reset ?? 0));
  return policies[0]?.[what];
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  return number(pattern.exec(text)?.[1]);
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
