import { env } from '#lib/env.ts';

/** Every wait and limit of the job machinery, in one place so that a test can run it fast. */
export interface Timings {
  /** How long a worker may be silent before another takes its job. */
  readonly leaseMs: number;
  readonly renewMs: number;
  /** How often a slice looks whether it was cancelled or has lost its lease. */
  readonly watchMs: number;
  readonly sliceMs: number;
  /** The wait after a first failed try, doubled by each further one. */
  readonly backoffMs: number;
  readonly longestBackoffMs: number;
  /** Tries in a row without progress before a job is given up. */
  readonly maxAttempts: number;
  /** How long a job may be overdue, or unanswered since the last ring, before the sweeper rings. */
  readonly overdueMs: number;
}

export function defaultTimings(): Timings {
  return {
    leaseMs: 45_000,
    renewMs: 15_000,
    watchMs: 500,
    sliceMs: env().SLICE_SECONDS * 1_000,
    backoffMs: 5_000,
    longestBackoffMs: 600_000,
    maxAttempts: 8,
    overdueMs: 30_000,
  };
}

/** How long to wait after so many failed tries in a row: twice as long after each, up to the longest wait. */
export function waitAfter(
  failures: number,
  { backoffMs, longestBackoffMs }: Pick<Timings, 'backoffMs' | 'longestBackoffMs'>,
): number {
  return Math.min(backoffMs * 2 ** (failures - 1), longestBackoffMs);
}
