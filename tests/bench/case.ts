import type { Task } from './tasks/registry.ts';

/** One number that a task measures. */
export interface Quantity {
  readonly of: Task;
  readonly number: string;
}

/** What must hold between a value and its baseline; nothing where it is shown for information. */
export interface Budget {
  /** The value is at most so many times its baseline, */
  readonly ratio?: number;
  /** or at most so much more than it, */
  readonly more?: number;
  /** or at most this, whatever the baseline. */
  readonly atMost?: number;
}

/** What is measured under a name, against what, and what must hold between the two. */
export interface Case {
  readonly name: string;
  readonly rows: number;
  readonly unit: 's' | 'MB' | 'kB' | 'calls' | 'rows' | '%';
  readonly value: Quantity;
  /** Several are added up. */
  readonly baseline: readonly (Quantity | number)[];
  readonly budget: Budget | null;
}

export const FIVE_MILLION = 5_000_000;
export const MILLION = 1_000_000;
export const HUNDRED_THOUSAND = 100_000;

/** What a task says of itself; the peak is that of its process. */
export const seconds = (of: Task): Quantity => ({ of, number: 'seconds' });
export const megabytes = (of: Task): Quantity => ({ of, number: 'megabytes' });
export const peak = (of: Task): Quantity => ({ of, number: 'peakMemoryMb' });
