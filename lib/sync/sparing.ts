import { sql } from 'kysely';
import { isBadValue, sqlState } from '#lib/db/sql-state.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { type Merged, merge, type Writing } from './merge.ts';
import type { MappedRow, Target } from './target.ts';

export interface SparingMerge<Row> {
  readonly merged: Merged;
  /** The rows that the database did not take, each with its reason. */
  readonly refused: readonly { readonly row: Row; readonly reason: string }[];
}

/** Whether Postgres refused what a row holds, rather than failed. */
export function isDataError(error: unknown): error is Error {
  return isBadValue(error) || valueErrors.has(sqlState(error) ?? '');
}

/** A null or a value against a constraint, and a key longer than an index holds. */
const valueErrors = new Set(['23502', '23514', '54000']);

/**
 * Merges as `merge` does, and where the database refuses a row finds it by halving, so that the others are
 * written all the same. For a page that has failed before: each half costs a savepoint.
 */
export async function mergeSparing<Row extends MappedRow>(
  tx: Tx,
  target: Target,
  rows: readonly Row[],
  writing: Writing,
): Promise<SparingMerge<Row>> {
  try {
    return { merged: await mergeInSavepoint(tx, target, rows, writing), refused: [] };
  } catch (error) {
    if (!isDataError(error)) throw error;
    const [row] = rows;
    if (row && rows.length === 1) return { merged: nothing, refused: [{ row, reason: error.message }] };
  }
  const middle = rows.length >> 1;
  const first = await mergeSparing(tx, target, rows.slice(0, middle), writing);
  const second = await mergeSparing(tx, target, rows.slice(middle), writing);
  return { merged: sum(first.merged, second.merged), refused: [...first.refused, ...second.refused] };
}

const nothing: Merged = { inserted: 0, updated: 0, unchanged: 0, superseded: 0 };

async function mergeInSavepoint(
  tx: Tx,
  target: Target,
  rows: readonly MappedRow[],
  writing: Writing,
): Promise<Merged> {
  await sql`savepoint half`.execute(tx.db);
  try {
    const merged = await merge(tx, target, rows, writing);
    await sql`release savepoint half`.execute(tx.db);
    return merged;
  } catch (error) {
    await sql`rollback to savepoint half`.execute(tx.db);
    throw error;
  }
}

function sum(one: Merged, other: Merged): Merged {
  return {
    inserted: one.inserted + other.inserted,
    updated: one.updated + other.updated,
    unchanged: one.unchanged + other.unchanged,
    superseded: one.superseded + other.superseded,
  };
}
