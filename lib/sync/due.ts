import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { ring } from '#lib/jobs/bell.ts';
import { log } from '#lib/log.ts';
import { createRuns, type StartedRun, selectStartable } from './create-run.ts';

const LISTED_AT_ONCE = 5_000;
const TIME_MS = 45_000;
/** How long one source may keep the others waiting. */
const STATEMENT_TIMEOUT_MS = 2_000;

/**
 * Starts a sync of every source whose time has come, of all workspaces, each by itself: one that is locked or
 * cannot be started is passed over, and is due still at the next call; one that something is at, five minutes later.
 * One call takes a bounded time.
 */
export async function syncDue(): Promise<{ runs: StartedRun[] }> {
  const endsAt = performance.now() + TIME_MS;
  const runs: StartedRun[] = [];
  const rings: Promise<boolean>[] = [];
  for (const sourceId of await dueSources()) {
    if (performance.now() > endsAt) break;
    for (const run of await startDue(sourceId)) {
      runs.push(run);
      rings.push(ring(run.jobId, 0));
    }
  }
  await Promise.all(rings);
  return { runs };
}

async function dueSources(): Promise<string[]> {
  const sources = await asService((tx) =>
    selectDue(tx).clearOrderBy().orderBy('next_sync_at').limit(LISTED_AT_ONCE).execute(),
  );
  return sources.map(({ id }) => id);
}

async function startDue(sourceId: string): Promise<StartedRun[]> {
  try {
    return await asService((tx) => start(tx, sourceId), { statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  } catch (error) {
    log().warn({ error, sourceId }, 'a source that is due could not be started');
    return [];
  }
}

async function start(tx: Tx, sourceId: string): Promise<StartedRun[]> {
  const due = await selectDue(tx).where('id', '=', sourceId).execute();
  const mode = (await needsFullPass(tx, sourceId)) ? 'full' : 'incremental';
  const runs = await createRuns(tx, due, { mode, trigger: 'schedule' });
  await tx.db
    .updateTable('external_data_sources')
    .set({ next_sync_at: runs.length > 0 ? nextTime : nextLook })
    .where('id', '=', sourceId)
    .where('next_sync_at', '<=', sql<string>`now()`)
    .execute();
  return runs;
}

/** Once a day everything is read: what has vanished shows in nothing less. */
async function needsFullPass({ db }: Tx, sourceId: string): Promise<boolean> {
  const { rows } = await sql<{ fresh: boolean }>`
    select coalesce(bool_and(c.full_at > now() - interval '23 hours'), false) as fresh
    from public.external_data_sources s
    cross join lateral jsonb_object_keys(s.field_mappings) as mapped (stream)
    left join public.sync_cursors c on c.source_id = s.id and c.stream = mapped.stream
    where s.id = ${sourceId}
  `.execute(db);
  return !rows[0]?.fresh;
}

function selectDue(tx: Tx) {
  return selectStartable(tx).where('enabled', '=', true).where('next_sync_at', '<=', sql<string>`now()`);
}

/** On the hour or its twelfths, as the clock that calls this strikes them. */
const nextStroke = sql`date_bin('5 minutes', now(), 'epoch') + interval '5 minutes'`;
const nextTime = sql<string>`case sync_frequency
  when 'realtime' then ${nextStroke}
  when 'hourly' then date_trunc('hour', now()) + interval '1 hour'
  when 'daily' then date_trunc('hour', now()) + interval '1 day' end`;

/** What is at the source need not bring what its sync would: a dry run, a replay, some of its streams. */
const nextLook = sql<string>`case when field_mappings = '{}' then ${nextTime} else ${nextStroke} end`;
