import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { asService } from '#lib/db/as-service.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { ring } from '#lib/jobs/bell.ts';
import { log } from '#lib/log.ts';
import { hashWebhookToken } from '#lib/sources/webhook.ts';
import { createRuns, type StartedRun, selectStartable } from './create-run.ts';

const STARTED_AT_ONCE = 100;
const TIME_MS = 10_000;
/** How long one source may keep the others, or whoever calls, waiting. */
const STATEMENT_TIMEOUT_MS = 2_000;

/** The source whose webhook has this token. Throws `not_found` where there is none. */
export async function calledSource(token: string): Promise<string> {
  const found = await asService(({ db }) =>
    sql<{ id: string }>`
      select s.id from public.source_webhooks w
      join public.external_data_sources s on s.id = w.source_id and s.workspace_id = w.workspace_id
      where w.token_hash = ${hashWebhookToken(token)}
    `.execute(db),
  );
  const [source] = found.rows;
  if (!source) throw new EntrepotError('not_found', 'There is nothing at this address.');
  return source.id;
}

/**
 * Takes a call of a source's webhook and starts an incremental sync of it. Calls that come while one is queued or
 * running lead to a single further one after it: none is lost, for the call is noted before anything else. Where that
 * run fails, its own retries and then the schedule bring what has changed.
 */
export async function takeCall(sourceId: string): Promise<{ runs: StartedRun[] }> {
  await asService(({ db }) =>
    db
      .updateTable('source_webhooks')
      .set({ called_at: sql<string>`now()`, pending_at: sql<string>`now()` })
      .where('source_id', '=', sourceId)
      .execute(),
  );
  return { runs: await startPending(sourceId) };
}

/**
 * Starts the runs that sources have called for and that could not be started at once. One call takes a bounded time;
 * answers how many.
 */
export async function startAllPending(): Promise<number> {
  const endsAt = performance.now() + TIME_MS;
  const pending = await asService((tx) =>
    selectPending(tx)
      .where('sync_status', 'not in', ['queued', 'running'])
      .where('field_mappings', '<>', '{}')
      .limit(STARTED_AT_ONCE)
      .execute(),
  );
  let started = 0;
  for (const { id } of pending) {
    if (performance.now() < endsAt) started += (await startPending(id)).length;
  }
  return started;
}

/**
 * Starts the run that a source has called for, unless one is under way, after which this is asked again. Never throws:
 * what cannot be started now is left to the sweep.
 */
export async function startPending(sourceId: string): Promise<StartedRun[]> {
  try {
    const runs = await asService((tx) => start(tx, sourceId), { statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    await Promise.all(runs.map(({ jobId }) => ring(jobId, 0)));
    return runs;
  } catch (error) {
    log().warn({ error, sourceId }, 'a sync that a source has called for could not be started');
    return [];
  }
}

async function start(tx: Tx, sourceId: string): Promise<StartedRun[]> {
  const pending = await selectPending(tx).where('id', '=', sourceId).execute();
  return createRuns(tx, pending, { mode: 'incremental', trigger: 'webhook' });
}

/** A source that is read by the hour, or not at all, takes no calls. */
function selectPending(tx: Tx) {
  return selectStartable(tx)
    .where('enabled', '=', true)
    .where('sync_frequency', '=', 'realtime')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('source_webhooks as w')
          .select('w.source_id')
          .whereRef('w.source_id', '=', 'external_data_sources.id')
          .where('w.pending_at', 'is not', null),
      ),
    );
}
