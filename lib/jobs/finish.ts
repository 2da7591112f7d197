import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { storableText } from '#lib/core/storable-text.ts';
import { asService } from '#lib/db/as-service.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ClaimedJob } from '#lib/jobs/claim.ts';
import type { JobError, JobOutcome } from '#lib/jobs/contract.ts';
import { lockParent, type Released, release } from '#lib/jobs/family.ts';
import { fromNow, leaseLost } from '#lib/jobs/lease.ts';

/** Tells whatever the job worked for how it ended, in the transaction that ends it. */
export type Settle = (tx: Tx, outcome: JobOutcome<unknown>) => Promise<void>;

/** The next turn of a job that goes on. */
export interface NextTurn {
  readonly seq: number;
  readonly dueAt: string;
}

/**
 * Ends a job for good, and gives those that have become due by it, to be rung for. Throws `lease_lost`, and ends
 * nothing, where somebody else has it now.
 */
export function conclude(
  job: ClaimedJob,
  ended: JobOutcome<unknown>,
  settle: Settle | undefined,
  warnings: readonly unknown[] = [],
): Promise<readonly Released[]> {
  const outcome = ended.status === 'completed' ? ended : { ...ended, error: storable(ended.error) };
  const shown =
    outcome.status === 'completed'
      ? { result: JSON.stringify(outcome.result ?? null), error: null }
      : { result: null, error: JSON.stringify(outcome.error) };
  return asService(async (tx) => {
    await lockParent(tx, job);
    await tx.db
      .updateTable('jobs')
      .set({
        ...letGo,
        ...shown,
        status: outcome.status,
        warnings: JSON.stringify(warnings),
        completed_at: fromNow(0),
      })
      .where(heldBy(job))
      .returning('id')
      .executeTakeFirstOrThrow(leaseLost);
    await settle?.(tx, outcome);
    return release(tx, job, outcome);
  });
}

/** Ends a slice that wants another, at once or not before `at`. */
export function again(job: ClaimedJob, at: Date | undefined): Promise<NextTurn> {
  return putBack(job, { attempts: 0, error: null, due: at?.toISOString() ?? fromNow(0) });
}

/** Ends a try that failed and is to be made again after `waitMs`; the error stays visible until then. */
export function tryLater(
  job: ClaimedJob,
  failures: number,
  error: JobError,
  waitMs: number,
): Promise<NextTurn> {
  return putBack(job, { attempts: failures, error, due: fromNow(waitMs) });
}

/** How many tries in a row had failed when this one did; a page that it committed has set them to none. */
export async function failuresBefore(job: ClaimedJob): Promise<number> {
  const { attempts } = await asService(({ db }) =>
    db.selectFrom('jobs').select('attempts').where(heldBy(job)).executeTakeFirstOrThrow(leaseLost),
  );
  return attempts;
}

/** Gives a job back as it was found, for a worker that knows its kind and payload; the same turn once more. */
export async function leaveToOthers(job: ClaimedJob, waitMs: number): Promise<void> {
  await asService(({ db }) =>
    db
      .updateTable('jobs')
      .set({ ...letGo, seq: job.seq, status: 'queued', due_at: fromNow(waitMs) })
      .where(heldBy(job))
      .execute(),
  );
}

interface Return {
  readonly attempts: number;
  readonly error: JobError | null;
  readonly due: string | RawBuilder<string>;
}

async function putBack(job: ClaimedJob, { attempts, error, due }: Return): Promise<NextTurn> {
  const { seq, due_at } = await asService(({ db }) =>
    db
      .updateTable('jobs')
      .set({
        ...letGo,
        status: 'queued',
        attempts,
        error: error && JSON.stringify(storable(error)),
        due_at: due,
      })
      .where(heldBy(job))
      .returning(['seq', 'due_at'])
      .executeTakeFirstOrThrow(leaseLost),
  );
  return { seq, dueAt: due_at };
}

/** The message may quote what another system has sent. */
function storable({ code, message }: JobError): JobError {
  return { code, message: storableText(message.slice(0, LONGEST_MESSAGE)) };
}

const LONGEST_MESSAGE = 2_000;

const letGo = {
  seq: sql<number>`seq + 1`,
  lease_token: null,
  lease_until: null,
  lease_message_id: null,
  lease_retried: null,
  rung_at: null,
};

function heldBy({ id, token }: ClaimedJob): RawBuilder<SqlBool> {
  return sql`(id = ${id} and lease_token = ${token})`;
}
