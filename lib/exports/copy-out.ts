import type { RawBuilder } from 'kysely';
import type { Client, ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { newBreath } from '#lib/core/breathe.ts';
import { withLiterals } from '#lib/exports/statement.ts';

/**
 * What Postgres sends for `copy (query) to stdout`, no faster than it is read; memory does not grow with rows.
 * Between its chunks everything else in this process gets its turn, a cancellation too. Returns the number of rows.
 * When the reader stops early the connection is ended: what the server still sends would keep every later statement
 * waiting.
 */
export async function* copyOut(
  client: ClientBase,
  query: RawBuilder<unknown>,
  options: string,
): AsyncGenerator<Uint8Array, number> {
  const copy = client.query(copyTo(`copy (${withLiterals(query)}) to stdout (encoding 'UTF8', ${options})`));
  const breathe = newBreath();
  let complete = false;
  try {
    for await (const chunk of copy) {
      await breathe();
      yield chunk;
    }
    complete = true;
  } finally {
    // With a statement in flight this cuts the socket at once.
    if (!complete) void (client as Client).end().catch(() => undefined);
  }
  // The count comes after the last byte; whatever is asked next is answered after it.
  await client.query('select');
  return copy.rowCount;
}
