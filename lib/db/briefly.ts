import { sql } from 'kysely';
import { isTimeout } from './sql-state.ts';
import type { Tx } from './transaction.ts';

/**
 * What `read` gives, or undefined where one of its statements takes longer than `limitMs`. The transaction goes on as
 * if it had not been asked: with its own limit, and without anything that was written.
 */
export async function briefly<T>(tx: Tx, limitMs: number, read: () => Promise<T>): Promise<T | undefined> {
  await sql`savepoint briefly`.execute(tx.db);
  try {
    await sql`select set_config('statement_timeout', ${String(limitMs)}, true)`.execute(tx.db);
    return await read();
  } catch (error) {
    if (!isTimeout(error)) throw error;
    return undefined;
  } finally {
    // The limit of before comes back with it.
    await sql`rollback to savepoint briefly`.execute(tx.db);
  }
}
