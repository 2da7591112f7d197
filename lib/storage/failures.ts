import { EntrepotError } from '#lib/core/errors.ts';

/** The error for a status that the storage answers with; `status` is absent where it did not answer. */
export function storageFailure(status: number | undefined, cause: unknown): EntrepotError {
  if (status === 404) return new EntrepotError('not_found', 'This file is no longer there.', { cause });
  if (status === 413) {
    const message = 'The file is larger than the storage takes. Split it, or raise the limit of the bucket.';
    return new EntrepotError('too_large', message, { cause });
  }
  const what = status === undefined ? 'cannot be reached' : `refused (${status})`;
  return new EntrepotError('unavailable', `The file storage ${what}. Try again later.`, { cause });
}
