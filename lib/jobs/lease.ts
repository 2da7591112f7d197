import { type RawBuilder, sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { asService } from '#lib/db/as-service.ts';
import { sqlState } from '#lib/db/sql-state.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ClaimedJob } from '#lib/jobs/claim.ts';
import type { Progress } from '#lib/jobs/contract.ts';

export function leaseLost(): EntrepotError {
  return new EntrepotError('lease_lost', 'Another worker has taken over this job.');
}

export function jobCancelled(reason?: string | null): EntrepotError {
  return new EntrepotError('cancelled', reason ?? 'The job was cancelled.');
}

/** A time by the database's clock, which is everybody's. */
export function fromNow(ms: number): RawBuilder<string> {
  return sql`(now() + ${`${ms} ms`}::interval)`;
}

/** Locks the job in the slice's own transaction; throws `lease_lost` or `cancelled`. */
export function holdLease({ db }: Tx, job: ClaimedJob): Promise<void> {
  return fenced(sql`select private.hold_job(${job.id}, ${job.token})`.execute(db));
}

/** Stores progress and renews the lease in the slice's own transaction; throws `lease_lost`. */
export function commitPage({ db }: Tx, job: ClaimedJob, progress: Progress, leaseMs: number): Promise<void> {
  const lease = `${leaseMs} ms`;
  return fenced(
    sql`select private.commit_page(${job.id}, ${job.token}, ${JSON.stringify(progress)}, ${lease}::interval)`.execute(
      db,
    ),
  );
}

/** Stores progress alone. It does not count as getting on: a try that dies after it is a failed try. */
export async function storeProgress(job: ClaimedJob, progress: Progress): Promise<void> {
  await asService(({ db }) =>
    db
      .updateTable('jobs')
      .set({ progress: sql`progress || ${JSON.stringify(progress)}::jsonb` })
      .where('id', '=', job.id)
      .where('lease_token', '=', job.token)
      .returning('id')
      .executeTakeFirstOrThrow(leaseLost),
  );
}

/** Renews the lease, unless a page is being committed, which renews it itself. */
export async function renewLease(job: ClaimedJob, leaseMs: number): Promise<void> {
  await asService(({ db }) =>
    sql`
      update public.jobs set lease_until = ${fromNow(leaseMs)}
      where id = (select id from public.jobs where id = ${job.id} and lease_token = ${job.token}
        for no key update skip locked)
    `.execute(db),
  );
}

/** Why the slice should stop; undefined while it may go on. Waits for no lock. */
export async function reasonToStop(job: ClaimedJob): Promise<EntrepotError | undefined> {
  const row = await asService(({ db }) =>
    db
      .selectFrom('jobs')
      .select('cancel_requested_at')
      .where('id', '=', job.id)
      .where('lease_token', '=', job.token)
      .executeTakeFirst(),
  );
  if (!row) return leaseLost();
  return row.cancel_requested_at ? jobCancelled() : undefined;
}

async function fenced(statement: Promise<unknown>): Promise<void> {
  try {
    await statement;
  } catch (error) {
    const code = sqlState(error);
    if (code === 'ENT01') throw leaseLost();
    if (code === 'ENT02') throw jobCancelled();
    throw error;
  }
}
