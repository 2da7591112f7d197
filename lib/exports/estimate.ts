import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { Plan } from '#lib/exports/compile.ts';

/** Counting this many rows takes a few hundredths of a second. */
const COUNTED_ROWS = 100_000;
/** Behind a filter that few rows pass, counting may read the whole table. */
const COUNT_TIMEOUT_MS = 2_000;

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** How many rows the plan gives: counted up to 100,000; beyond, or where counting takes long, as the planner guesses. */
export async function estimateRows(tx: Tx, plan: Plan): Promise<number> {
  const count = await countBriefly(tx, plan);
  if (count !== undefined && count <= COUNTED_ROWS) return count;
  const explained = await sql<Explained>`explain (format json) ${plan.select()}`.execute(tx.db);
  return Math.max(count ?? 0, explained.rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0);
}

/** Whether the server ended a statement for the time it took. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}

async function countBriefly({ db }: Tx, plan: Plan): Promise<number | undefined> {
  await sql`savepoint counting`.execute(db);
  try {
    await sql`select set_config('statement_timeout', ${String(COUNT_TIMEOUT_MS)}, true)`.execute(db);
    const { rows } = await plan.count(COUNTED_ROWS + 1).execute(db);
    return Number(rows[0]?.count);
  } catch (error) {
    if (!isTimeout(error)) throw error;
    return undefined;
  } finally {
    // The limit of before comes back with it.
    await sql`rollback to savepoint counting`.execute(db);
  }
}
