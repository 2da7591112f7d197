import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { type CacheStore, WORKSPACE_MAX_BYTES, WORKSPACE_MAX_ENTRIES } from './store.ts';

/** Past this, asking the source itself is the better way. */
const TIMEOUT_MS = 5_000;

/** Entries in `private.response_cache`. */
export const postgresStore: CacheStore = {
  async get({ workspaceId, key }) {
    const found = await inTime(({ db }) =>
      sql<{ bytes: Uint8Array; ageMs: number }>`
        select body as bytes, extract(epoch from now() - stored_at)::float8 * 1000 as "ageMs"
        from private.response_cache
        where cache_key = ${key} and workspace_id = ${workspaceId} and expires_at > now()
      `.execute(db),
    );
    return found.rows[0];
  },

  async put({ workspaceId, key }, bytes, seconds) {
    await inTime(({ db }) =>
      sql`
        insert into private.response_cache as c (cache_key, workspace_id, body, expires_at)
        values (${key}, ${workspaceId}, ${bytes}, now() + ${seconds} * interval '1 second')
        on conflict (cache_key) do update
          set body = excluded.body, stored_at = excluded.stored_at, expires_at = excluded.expires_at
          where c.workspace_id = excluded.workspace_id
      `.execute(db),
    );
    await inTime((tx) => dropOldest(tx, workspaceId));
  },
};

async function dropOldest({ db }: Tx, workspaceId: string): Promise<void> {
  await sql`
    delete from private.response_cache where cache_key in (
      select cache_key from (
        select cache_key, row_number() over newest as place, sum(octet_length(body)) over newest as bytes
        from private.response_cache where workspace_id = ${workspaceId}
        window newest as (order by stored_at desc, cache_key)
      ) as held
      where place > ${WORKSPACE_MAX_ENTRIES} or bytes > ${WORKSPACE_MAX_BYTES})
  `.execute(db);
}

function inTime<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return asService(work, { statementTimeoutMs: TIMEOUT_MS, signal: AbortSignal.timeout(TIMEOUT_MS) });
}
