import { z } from 'zod';
import { EntrepotError } from '#lib/core/errors.ts';
import {
  type ConflictPolicy,
  conflictPolicy,
  type DeleteGuard,
  deleteGuard,
  type RejectLimit,
  rejectLimit,
} from '#lib/sources/safeguards.ts';
import type { Counts } from './counts.ts';

/** What protects a source's rows from a bad run, and people's edits from the source. */
export interface Safeguards {
  readonly deleteGuard: DeleteGuard;
  readonly rejectLimit: RejectLimit;
  readonly policyFor: (dataset: string) => ConflictPolicy;
}

interface StoredSafeguards {
  readonly delete_guard: unknown;
  readonly reject_limit: unknown;
  readonly conflict_policy: string;
  readonly conflict_policies: unknown;
}

export function readSafeguards(stored: StoredSafeguards): Safeguards {
  const policies = z.record(z.string(), conflictPolicy).parse(stored.conflict_policies);
  const policy = conflictPolicy.parse(stored.conflict_policy);
  return {
    deleteGuard: deleteGuard.parse(stored.delete_guard),
    rejectLimit: rejectLimit.parse(stored.reject_limit),
    policyFor: (dataset) => policies[dataset] ?? policy,
  };
}

/** Whether so many of so many rows may vanish without a person's word. */
export function mayVanish(
  { rows, share: most, ...guard }: DeleteGuard,
  vanished: number,
  present: number,
): boolean {
  return vanished < guard.most && (vanished < rows || vanished < present * most);
}

/** Throws `data_validation_failed` where a pass has set aside more of the rows for a dataset than the source allows. */
export function requireSound(
  { rows, share: most }: RejectLimit,
  { rejected, read }: Counts,
  dataset: string,
): void {
  if (rejected < rows || rejected < read * most) return;
  throw new EntrepotError(
    'data_validation_failed',
    `${rejected} of the first ${read} rows for “${dataset}” were set aside, so the sync was stopped before it wrote more. Look at their reasons and correct the mapping or the source; where so many are to be expected, raise the limit in the source's settings.`,
  );
}
