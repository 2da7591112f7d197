import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { Pass } from './pass.ts';

/** Notes the keys that the pass's next page has seen, in that page's own transaction. */
export async function noteSeen(
  { db }: Tx,
  { runId, stream, pages }: Pass,
  keys: readonly string[],
): Promise<void> {
  await sql`select private.note_seen(${runId}, ${stream}, ${pages}, ${keys}::text[])`.execute(db);
}

/** Whether every key that the pass has read is known; a crash of the server may have lost some. */
export async function knowsAllSeen({ db }: Tx, pass: Pass): Promise<boolean> {
  if (pass.nameless > 0) return false;
  const { rows } = await sql<{ pages: number }>`
    select private.seen_pages(${pass.runId}, ${pass.stream}) as pages`.execute(db);
  return rows[0]?.pages === pass.pages;
}
