import { sql } from 'kysely';
import { isTimeout } from '#lib/datasets/estimate.ts';
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
  const limit = String(Math.max(1, Math.floor(budgetMs / 2)));
  await sql`savepoint profiling`.execute(tx.db);
  try {
    await sql`select set_config('statement_timeout', ${limit}, true)`.execute(tx.db);
    return await profile(tx, asked);
  } catch (error) {
    if (!isTimeout(error)) throw error;
    return [notChecked];
  } finally {
    // The limit of before comes back with it.
    await sql`rollback to savepoint profiling`.execute(tx.db);
  }
}
