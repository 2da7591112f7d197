import type { ErrorCode } from '#lib/core/errors.ts';

/** What calling somebody else's server may end in, for the documentation of routes that do. */
export const readErrors: readonly ErrorCode[] = [
  'AUTH_FAILED',
  'RATE_LIMITED',
  'throttled',
  'unavailable',
  'NETWORK_ERROR',
  'REQUEST_REFUSED',
  'DATA_ERROR',
];
