import { briefly } from '#lib/db/briefly.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { type Profiled, profile } from '#lib/exports/profile.ts';
import type { ExportWarning } from '#lib/exports/warnings.ts';

const notChecked: ExportWarning = {
  type: 'not_checked',
  message:
    'There was no time left to look through the rows for missing values. The file itself holds all of them.',
  affectedItems: 0,
  examples: [],
};

/**
 * What `profile` tells, and where a look at the rows takes longer than `budgetMs`, a warning of just that: a file that
 * is whole is not lost to it.
 */
export async function profileWithin(
  tx: Tx,
  asked: Profiled,
  budgetMs: number,
): Promise<readonly ExportWarning[]> {
  // For each of its two statements.
  const limitMs = Math.max(1, Math.floor(budgetMs / 2));
  return (await briefly(tx, limitMs, () => profile(tx, asked))) ?? [notChecked];
}
