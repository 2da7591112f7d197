import type { RawBuilder } from 'kysely';
import type { Client, ClientBase } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withLiterals } from '#lib/exports/statement.ts';

/**
 * What Postgres sends for `copy (query) to stdout`, no faster than it is read; memory does not grow with rows.
 * Returns their number. When the reader stops early the connection is ended: what the server still sends
 * would keep every later statement waiting.
 */
export async function* copyOut(
  client: ClientBase,
  query: RawBuilder<unknown>,
  options: string,
): AsyncGenerator<Uint8Array, number> {
  const copy = client.query(copyTo(`copy (${withLiterals(query)}) to stdout (encoding 'UTF8', ${options})`));
  let complete = false;
  try {
    yield* copy;
    complete = true;
  } finally {
    // With a statement in flight this cuts the socket at once.
    if (!complete) void (client as Client).end().catch(() => undefined);
  }
  // The count comes after the last byte; whatever is asked next is answered after it.
  await client.query('select');
  return copy.rowCount;
}
