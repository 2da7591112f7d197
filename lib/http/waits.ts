type Headers = Readonly<Record<string, string>>;

const DAY_MS = 86_400_000;
/** A reset later than this many seconds is a moment since 1970, not a span. */
const SPAN_MAX_SECONDS = 1_000_000_000;

/**
 * How long the other side asks us to wait, in milliseconds from `now`, at most a day; undefined where it does
 * not say. Reads `Retry-After` (seconds or a date) first, then what vendors send instead.
 */
export function statedWait(headers: Headers, now: Date): number | undefined {
  const wait =
    retryAfter(headers['retry-after'], now) ??
    reset(headers['ratelimit-reset'] ?? headers['x-ratelimit-reset'] ?? headers['x-rate-limit-reset'], now) ??
    oneCallAt(headers['x-amzn-ratelimit-limit']);
  return wait === undefined ? undefined : Math.min(Math.max(wait, 0), DAY_MS);
}

function retryAfter(text: string | undefined, now: Date): number | undefined {
  if (text === undefined) return undefined;
  const seconds = number(text);
  if (seconds !== undefined) return seconds * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date - now.getTime();
}

function reset(text: string | undefined, now: Date): number | undefined {
  const value = number(text);
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
