import { type RawBuilder, sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';

const AT_ONCE = 2_000;

/** What one call has removed, in counted calls, closed limits and cached answers. */
export interface Expired {
  readonly callsForgotten: number;
  readonly closuresForgotten: number;
  readonly answersExpired: number;
}

/**
 * Removes from Postgres what counts in no window any more, closures that are over, and answers past their time; a
 * Redis does so by itself. One call does a bounded amount; the next does the rest.
 */
export async function removeExpired(): Promise<Expired> {
  return {
    callsForgotten: await remove(sql`private.rate_limit_windows`, sql`expires_at`),
    closuresForgotten: await remove(sql`private.rate_limit_closures`, sql`closed_until`),
    answersExpired: await remove(sql`private.response_cache`, sql`expires_at`),
  };
}

async function remove(table: RawBuilder<unknown>, until: RawBuilder<unknown>): Promise<number> {
  const removed = await asService(({ db }) =>
    sql`
      delete from ${table} where ctid = any (array(
        select ctid from ${table} where ${until} < now() order by ${until} limit ${AT_ONCE}
        for update skip locked))
    `.execute(db),
  );
  return Number(removed.numAffectedRows ?? 0);
}
