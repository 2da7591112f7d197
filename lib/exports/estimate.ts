import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { Plan } from '#lib/exports/compile.ts';

/** Counting this many rows takes a few hundredths of a second. */
const COUNTED_ROWS = 100_000;

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** How many rows the plan gives: counted up to 100,000, beyond that as the planner guesses. */
export async function estimateRows({ db }: Tx, plan: Plan): Promise<number> {
  const counted = await plan.count(COUNTED_ROWS + 1).execute(db);
  const count = Number(counted.rows[0]?.count);
  if (count <= COUNTED_ROWS) return count;
  const explained = await sql<Explained>`explain (format json) ${plan.select()}`.execute(db);
  return Math.max(count, explained.rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0);
}
