import { sql } from 'kysely';
import type { Page } from '#connectors/contract.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { CacheUse, Tally } from '#lib/http/cache/cached-fetch.ts';
import type { Pass } from './pass.ts';
import type { Run } from './run.ts';

/** How a run that may be read from the cache uses it. */
export interface RunCache {
  readonly ttlSeconds: number;
  /** Reads the source although a kept pass would do, and keeps what it answers. */
  readonly force: boolean;
  /** By stream, of what this slice has asked for; grows while it is read. */
  readonly tallies: Record<string, Tally>;
}

/**
 * Has a pass be read out of what the last one that was kept whole was answered, where that is young enough and its
 * config the same; else it is kept itself. Unchanged where the run asks for neither.
 */
export async function throughCache({ db }: Tx, pass: Pass, { cache, configVersion }: Run): Promise<Pass> {
  if (!cache) return pass;
  const { rows } = await sql<Pick<Pass, 'cachePass' | 'cachedAt'>>`
    with found as (
      select kept_pass, kept_at, kept_config_version = ${configVersion} and not ${cache.force}
        and kept_at > now() - ${`${cache.ttlSeconds} s`}::interval as fits
      from public.sync_cursors
      where source_id = ${pass.sourceId} and stream = ${pass.stream})
    update public.sync_cursors c set
      cache_pass = case when found.fits then found.kept_pass else c.run_id end,
      cached_at = case when found.fits then found.kept_at end
    from found
    where c.source_id = ${pass.sourceId} and c.stream = ${pass.stream} and c.run_id = ${pass.runId}
    returning c.cache_pass as "cachePass", c.cached_at as "cachedAt"
  `.execute(db);
  return { ...pass, ...rows[0] };
}

/** A pass of which one answer could not be kept is kept no longer: told in the transaction of what was made of it. */
export async function whileKept({ db }: Tx, pass: Pass, { cache }: Pick<Run, 'cache'>): Promise<Pass> {
  if (!cache?.tallies[pass.stream]?.unkept) return pass;
  await sql`
    update public.sync_cursors set cache_pass = null
    where source_id = ${pass.sourceId} and stream = ${pass.stream} and run_id = ${pass.runId}
  `.execute(db);
  return { ...pass, cachePass: null };
}

/** Notes of a pass that has come to its end that the cache keeps all of it, or how old what it was read out of is. */
export async function noteCache({ db }: Tx, pass: Pass): Promise<void> {
  if (pass.cachedAt !== null) return noteAge(db, pass);
  if (!pass.complete || pass.cachePass !== pass.runId) return;
  await sql`
    update public.sync_cursors set kept_pass = run_id, kept_at = started_at, kept_config_version = config_version
    where source_id = ${pass.sourceId} and stream = ${pass.stream} and run_id = ${pass.runId}
  `.execute(db);
}

/** How the source is reached for a pass: past the cache, into it, or not at all. */
export function cacheUseOf({ cache }: Run, { stream, cachePass, cachedAt }: Pass): CacheUse | undefined {
  if (!cache || cachePass === null) return undefined;
  const { ttlSeconds, tallies } = cache;
  if (cachedAt !== null) return { ttlSeconds, pass: 'replay', passId: cachePass };
  tallies[stream] ??= { unkept: 0 };
  return { ttlSeconds, pass: 'record', passId: cachePass, tally: tallies[stream] };
}

/** A page out of the cache: what it does not show may have come since, so it proves nothing about what is gone. */
export function asCached({ complete: _, bookmark: __, doubt, ...page }: Page): Page {
  return doubt ? { ...page, doubt: { ...doubt, settledByAnother: false } } : page;
}

/** Tells the run how old the oldest is of what it was read out of. */
async function noteAge(db: Tx['db'], { runId, cachedAt }: Pass): Promise<void> {
  await sql`
    update public.sync_runs set cached_at = least(cached_at, ${cachedAt}::timestamptz) where id = ${runId}
  `.execute(db);
}
