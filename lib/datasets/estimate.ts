import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { briefly } from '#lib/db/briefly.ts';
import type { Tx } from '#lib/db/transaction.ts';

/** Counting this many rows takes a few hundredths of a second. */
const COUNTED_ROWS = 100_000;
/** Behind a filter that few rows pass, counting may read the whole table. */
const COUNT_TIMEOUT_MS = 2_000;

/** Rows that can be counted without being read. */
interface Countable {
  select(): RawBuilder<unknown>;
  /** How many there are, counting no further than `limit`. */
  count(limit: number): RawBuilder<{ count: string }>;
}

/** How many rows there are, and whether that is certain. */
export const rowCount = z
  .object({ total: z.int(), isExact: z.boolean().meta({ description: 'Whether they were counted.' }) })
  .meta({ id: 'RowCount' });
export type RowCount = Readonly<z.infer<typeof rowCount>>;

interface Explained {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: { readonly 'Plan Rows': number } }];
}

/** How many rows there are: counted up to 100,000; beyond, or where counting takes long, as the planner guesses. */
export async function estimateRows(tx: Tx, rows: Countable): Promise<RowCount> {
  const count = await countBriefly(tx, rows);
  if (count !== undefined && count <= COUNTED_ROWS) return { total: count, isExact: true };
  const explained = await sql<Explained>`explain (format json) ${rows.select()}`.execute(tx.db);
  const guess = explained.rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
  return { total: Math.max(count ?? 0, guess), isExact: false };
}

/** Undefined where it takes longer than people wait. */
function countBriefly(tx: Tx, counted: Countable): Promise<number | undefined> {
  return briefly(tx, COUNT_TIMEOUT_MS, async () => {
    const { rows } = await counted.count(COUNTED_ROWS + 1).execute(tx.db);
    return Number(rows[0]?.count);
  });
}
