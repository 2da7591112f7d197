import { EntrepotError } from './errors.ts';

/** What carries the time of its last change, to the microsecond. */
export interface Versioned {
  readonly updatedAt: string;
}

/** A resource's version, as the header `ETag` gives it and `If-Match` sends it back. */
export function etagOf({ updatedAt }: Versioned): string {
  return `"${updatedAt}"`;
}

/**
 * Throws `version_mismatch` where the caller saw another version than the present one, which is to be read under
 * a lock. Whoever sends no `If-Match` changes whatever is there.
 */
export function requireUnchanged(present: Versioned, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  // A proxy that compresses makes a tag a weak one.
  const seen = ifMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  if (seen.includes(etagOf(present))) return;
  throw new EntrepotError(
    'version_mismatch',
    'This has changed since you read it. Read it again, and repeat your change with the new ETag.',
  );
}
