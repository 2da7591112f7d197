import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { CallLog, LimitUse } from './call-log.ts';

/** Longer than any answer takes, with fifty others waiting for the same key. */
const TIMEOUT_MS = 10_000;

/** The log in `private.rate_limit_windows`, by the database's clock. */
export const postgresCallLog: CallLog = {
  async take(limits) {
    const answer = await inTime(({ db }) =>
      sql<{ wait: string }>`
        select private.increment_rate_limit(${JSON.stringify(limits)}) as wait
      `.execute(db),
    );
    return Number(answer.rows[0]?.wait);
  },

  async close(key, ms) {
    await inTime(({ db }) =>
      sql`
        insert into private.rate_limit_closures as c (limit_key, closed_until)
        values (${key}, now() + ${ms} * interval '1 millisecond')
        on conflict (limit_key) do update set closed_until = greatest(c.closed_until, excluded.closed_until)
      `.execute(db),
    );
  },

  async use(limits) {
    const uses = await inTime(({ db }) =>
      sql<LimitUse>`
        select ceil(greatest(0, extract(epoch from c.closed_until - now()) * 1000))::float8 as "closedMs", (
          select coalesce(jsonb_agg(jsonb_build_object('used', o.used, 'emptyMs', o.empty_ms) order by w.place), '[]')
          from jsonb_array_elements(l.windows) with ordinality as w (shape, place)
          cross join lateral (select (w.shape ->> 'seconds')::numeric * interval '1 second' as length) as s
          cross join lateral (
            select count(*) as used,
              ceil(greatest(0, extract(epoch from max(r.called_at) + s.length - now()) * 1000)) as empty_ms
            from private.rate_limit_windows r
            where r.limit_key = l.key and r.called_at > now() - s.length
          ) as o
        ) as windows
        from rows from (jsonb_to_recordset(${JSON.stringify(limits)}) as (key text, windows jsonb))
          with ordinality as l (key, windows, place)
        left join private.rate_limit_closures c on c.limit_key = l.key
        order by l.place
      `.execute(db),
    );
    return uses.rows;
  },

  async forget(key) {
    await inTime(({ db }) =>
      db.deleteFrom('private.rate_limit_windows').where('limit_key', '=', key).execute(),
    );
  },
};

function inTime<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return asService(work, { statementTimeoutMs: TIMEOUT_MS, signal: AbortSignal.timeout(TIMEOUT_MS) });
}
