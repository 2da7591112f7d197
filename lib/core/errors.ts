/**
 * The one error table. `status` is what an HTTP caller gets; `retry` is what the queue does next:
 * `never` (a person must change something first), `backoff` (it may pass by itself).
 * The upper-case and `destination_` / `data_` codes are those of the product's specifications.
 */
export const errorTable = {
  bad_request: { status: 400, retry: 'never' },
  unauthenticated: { status: 401, retry: 'never' },
  forbidden: { status: 403, retry: 'never' },
  not_found: { status: 404, retry: 'never' },
  conflict: { status: 409, retry: 'never' },
  version_mismatch: { status: 409, retry: 'never' },
  link_expired: { status: 410, retry: 'never' },
  too_large: { status: 413, retry: 'never' },
  invalid: { status: 422, retry: 'never' },
  too_many_requests: { status: 429, retry: 'backoff' },
  internal: { status: 500, retry: 'backoff' },
  unavailable: { status: 503, retry: 'backoff' },
  cancelled: { status: 409, retry: 'never' },
  lease_lost: { status: 409, retry: 'never' },
  /** The vendor refused the credentials: a person must enter new ones. */
  AUTH_FAILED: { status: 424, retry: 'never' },
  RATE_LIMITED: { status: 429, retry: 'backoff' },
  /** Our own limits: those of the other side or the user's, before the other side had to refuse. */
  throttled: { status: 429, retry: 'backoff' },
  NETWORK_ERROR: { status: 502, retry: 'backoff' },
  /** The other side refused for good, or the address may not be called at all. */
  REQUEST_REFUSED: { status: 422, retry: 'never' },
  /** The vendor answered with something that is not the data asked for. */
  DATA_ERROR: { status: 422, retry: 'never' },
  /** Changes are asked for from further back than the source keeps them: the stream is to be read in full. */
  bookmark_expired: { status: 422, retry: 'never' },
  /** A pass was to be read from the cache alone, which has not all of it: it is to be read from the source. */
  not_cached: { status: 409, retry: 'never' },
  MAPPING_ERROR: { status: 422, retry: 'never' },
  destination_unavailable: { status: 503, retry: 'backoff' },
  data_validation_failed: { status: 422, retry: 'never' },
} as const satisfies Record<string, { status: number; retry: 'never' | 'backoff' }>;

export type ErrorCode = keyof typeof errorTable;

/** Which field is wrong and why: `{ "config.url": "must be an http or https address" }`. */
export type FieldErrors = Readonly<Record<string, string>>;

interface ErrorOptions {
  readonly cause?: unknown;
  readonly fields?: FieldErrors;
  /** How long the other side asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/**
 * An error whose message may be shown to the person who caused it: it says what is wrong and what to
 * do, and holds no secret. Everything else that is thrown is shown as `internal`.
 */
export class EntrepotError extends Error {
  override readonly name = 'EntrepotError';
  readonly code: ErrorCode;
  readonly fields: FieldErrors | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.fields = options.fields;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Recognises by name and code, not `instanceof`: bundlers load modules twice. */
export function isEntrepotError(error: unknown): error is EntrepotError {
  return (
    error instanceof Error &&
    error.name === 'EntrepotError' &&
    'code' in error &&
    String(error.code) in errorTable
  );
}

/** What a caller may see of any error: an unknown one keeps its message to itself. */
export function asEntrepotError(error: unknown): EntrepotError {
  if (isEntrepotError(error)) return error;
  return new EntrepotError('internal', 'Something went wrong on our side. The details are in the log.', {
    cause: error,
  });
}
