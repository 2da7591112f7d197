import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { ring } from '#lib/jobs/bell.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { log } from '#lib/log.ts';
import { canSendMail } from '#lib/mail.ts';
import { type Finding, healthNow } from '#lib/sources/health.ts';
import { holdWatched, listWatched, type Watched } from './facts.ts';
import { alertJob } from './job.ts';

const LISTED_AT_ONCE = 500;
const TIME_MS = 20_000;
const STATEMENT_TIMEOUT_MS = 5_000;

/** What came of looking at a source: whether its health has changed, and the jobs that mail of it. */
interface Change {
  readonly changed: boolean;
  readonly jobIds: readonly string[];
}

const NO_CHANGE: Change = { changed: false, jobIds: [] };

/**
 * Looks how every source is doing that is on and mapped, and tells of those whose health has changed. One call takes
 * a bounded time; answers how many have changed.
 */
export async function watchSources(): Promise<number> {
  const endsAt = performance.now() + TIME_MS;
  const changes: Change[] = [];
  let after: string | null = null;
  do {
    const listed: Watched[] = await asService((tx) => listWatched(tx, after, LISTED_AT_ONCE));
    for (const { id } of listed.filter(hasChanged)) {
      if (performance.now() < endsAt) changes.push(await look(id));
    }
    after = listed.length < LISTED_AT_ONCE ? null : (listed.at(-1)?.id ?? null);
  } while (after !== null && performance.now() < endsAt);
  await ringAll(changes);
  return changes.filter(({ changed }) => changed).length;
}

/** Looks how one source is doing, and tells of it where that has changed. Answers whether it has; never throws. */
export async function watchSource(sourceId: string): Promise<boolean> {
  const change = await look(sourceId);
  await ringAll([change]);
  return change.changed;
}

async function ringAll(changes: readonly Change[]): Promise<void> {
  await Promise.all(changes.flatMap(({ jobIds }) => jobIds.map((jobId) => ring(jobId, 0))));
}

/**
 * The change and a job for each mail about it are written in one transaction: so each change is mailed once, whoever
 * else looks at that moment. What fails is left to the next sweep.
 */
async function look(sourceId: string): Promise<Change> {
  try {
    return await asService((tx) => tell(tx, sourceId), { statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  } catch (error) {
    log().warn({ error, sourceId }, 'how a source is doing could not be found out');
    return NO_CHANGE;
  }
}

function hasChanged(source: Watched): boolean {
  const { state, reason } = healthNow(source);
  return state !== source.health || reason !== source.healthReason;
}

async function tell(tx: Tx, sourceId: string): Promise<Change> {
  const source = await holdWatched(tx, sourceId);
  if (!source || !hasChanged(source)) return NO_CHANGE;
  const finding = healthNow(source);
  const changed = finding.state !== source.health;
  await keep(tx, source, finding);
  const jobIds =
    changed && isWorthAMail(source, finding) && canSendMail() ? await queueMails(tx, source, finding) : [];
  return { changed, jobIds };
}

async function keep({ db }: Tx, { id, health }: Watched, { state, reason }: Finding): Promise<void> {
  await db
    .updateTable('external_data_sources')
    .set({
      health: state,
      health_reason: reason,
      ...(state !== health && { health_since: sql<string>`now()` }),
    })
    .where('id', '=', id)
    .execute();
}

/** A source that a person has taken off its schedule is well again without anything having gone well. */
function isWorthAMail({ alertMails, lastSyncAt, healthSince }: Watched, { state }: Finding): boolean {
  if (!alertMails) return false;
  return state !== 'ok' || (lastSyncAt !== null && Date.parse(lastSyncAt) > Date.parse(healthSince));
}

/** One for each owner who wants to be told. */
async function queueMails(tx: Tx, source: Watched, { state, reason }: Finding): Promise<string[]> {
  const { id: sourceId, workspaceId, health: before, now: at, syncError } = source;
  const owners = await tx.db
    .selectFrom('workspace_members as m')
    .leftJoin('profiles as p', 'p.user_id', 'm.user_id')
    .select('m.user_id as userId')
    .where('m.workspace_id', '=', workspaceId)
    .where('m.role', '=', 'owner')
    .where(({ eb, fn, val }) => eb(fn.coalesce('p.alert_mails', val(true)), '=', true))
    .execute();
  const jobIds: string[] = [];
  for (const { userId } of owners) {
    const payload = { sourceId, userId, before, state, reason, code: syncError?.code, at };
    jobIds.push(await enqueue(tx, { workspaceId }, alertJob, payload));
  }
  return jobIds;
}
