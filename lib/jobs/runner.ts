import { asEntrepotError, errorTable, isEntrepotError } from '#lib/core/errors.ts';
import type { ClaimedJob } from '#lib/jobs/claim.ts';
import type { JobError, JobKind, SliceEnd } from '#lib/jobs/contract.ts';
import type { Released } from '#lib/jobs/family.ts';
import {
  again,
  conclude,
  failuresBefore,
  leaveToOthers,
  type NextTurn,
  type Settle,
  tryLater,
} from '#lib/jobs/finish.ts';
import { jobCancelled } from '#lib/jobs/lease.ts';
import { type JobKinds, jobKinds } from '#lib/jobs/registry.ts';
import { runSlice } from '#lib/jobs/slice.ts';
import { defaultTimings, type Timings, waitAfter } from '#lib/jobs/timings.ts';
import { log } from '#lib/log.ts';

/** What a worker works with; a test gives it kinds and times of its own. */
export interface Workshop {
  readonly kinds: JobKinds;
  readonly timings: Timings;
}

export function defaultWorkshop(): Workshop {
  return { kinds: jobKinds, timings: defaultTimings() };
}

/** How a claimed job's turn ended. */
export type TurnEnd =
  | { readonly outcome: 'next'; readonly turn: NextTurn }
  | { readonly outcome: 'ended' | 'failed'; readonly released: readonly Released[] }
  | { readonly outcome: 'lost' }
  /** Put back for a worker of another version: the same message is to come again. */
  | { readonly outcome: 'unknown'; readonly waitMs: number };

const PUT_BACK_MS = 30_000;
/** By then the deployment that knows the job is not coming any more. */
const LONGEST_PUT_BACK_MS = 86_400_000;

const UNREADABLE: JobError = {
  code: 'invalid',
  message: 'This job was written by another version of Entrepot and cannot be run any more. Start it anew.',
};
const WORKERS_DIED: JobError = {
  code: 'internal',
  message:
    'The work was cut off without an answer several times in a row. Retry it, or ask for less at once.',
};

/** Runs one slice of a claimed job and records how it ended. Rejects only where that could not be recorded. */
export async function runTurn(job: ClaimedJob, workshop: Workshop): Promise<TurnEnd> {
  try {
    return await takeTurn(job, workshop);
  } catch (error) {
    if (isEntrepotError(error) && error.code === 'lease_lost') return { outcome: 'lost' };
    throw error;
  }
}

async function takeTurn(job: ClaimedJob, { kinds, timings }: Workshop): Promise<TurnEnd> {
  const kind = await kinds(job.kind);
  if (kind?.payloadVersion !== job.payloadVersion) return putBack(job, timings);
  const payload = kind.payload.safeParse(job.payload);
  if (!payload.success) return fail(job, undefined, UNREADABLE);
  const end = await work(job, kind, payload.data, timings);
  if (end.outcome === 'ended' || end.outcome === 'failed') await followUp(kind, payload.data);
  return end;
}

async function work(
  job: ClaimedJob,
  kind: JobKind<unknown, unknown>,
  payload: unknown,
  timings: Timings,
): Promise<TurnEnd> {
  const settle: Settle = async (tx, outcome) =>
    kind.settle?.(tx, { jobId: job.id, workspaceId: job.workspaceId, payload }, outcome);
  if (job.cancelRequested) return afterError(job, settle, jobCancelled(job.cancelReason), timings);
  if (job.attempts >= timings.maxAttempts) return fail(job, settle, WORKERS_DIED);
  try {
    return await recordEnd(job, settle, await runSlice(job, kind, payload, timings));
  } catch (error) {
    return await afterError(job, settle, error, timings);
  }
}

async function followUp(kind: JobKind<unknown, unknown>, payload: unknown): Promise<void> {
  try {
    await kind.after?.({ payload });
  } catch (error) {
    log().warn({ error, kind: kind.kind }, 'what follows a job was left to the sweep');
  }
}

async function recordEnd(job: ClaimedJob, settle: Settle, end: SliceEnd<unknown>): Promise<TurnEnd> {
  if (end.outcome === 'again') return { outcome: 'next', turn: await again(job, end.at) };
  const outcome = { status: 'completed', result: end.result } as const;
  return { outcome: 'ended', released: await conclude(job, outcome, settle, end.warnings) };
}

/** The error table decides: over, or once more after a wait. */
async function afterError(
  job: ClaimedJob,
  settle: Settle | undefined,
  thrown: unknown,
  timings: Timings,
): Promise<TurnEnd> {
  const error = asEntrepotError(thrown);
  if (error.code === 'lease_lost') throw error;
  const shown: JobError = { code: error.code, message: error.message };
  if (error.code === 'cancelled') {
    return { outcome: 'ended', released: await conclude(job, { status: 'cancelled', error: shown }, settle) };
  }
  const failures = (await failuresBefore(job)) + 1;
  log().warn({ error: thrown, failures }, 'a try at a job failed');
  const isLast = failures >= timings.maxAttempts;
  if (isLast || errorTable[error.code].retry === 'never') return fail(job, settle, shown);
  // Between half of the wait and all of it, so that failures together do not return together.
  const backoffMs = waitAfter(failures, timings) * (0.5 + Math.random() / 2);
  const waitMs = Math.max(backoffMs, error.retryAfterMs ?? 0);
  return { outcome: 'next', turn: await tryLater(job, failures, shown, waitMs) };
}

async function fail(job: ClaimedJob, settle: Settle | undefined, error: JobError): Promise<TurnEnd> {
  return { outcome: 'failed', released: await conclude(job, { status: 'failed', error }, settle) };
}

async function putBack(job: ClaimedJob, timings: Timings): Promise<TurnEnd> {
  if (job.cancelRequested) return afterError(job, undefined, jobCancelled(job.cancelReason), timings);
  if (Date.now() > Date.parse(job.createdAt) + LONGEST_PUT_BACK_MS) return fail(job, undefined, UNREADABLE);
  log().warn({ kind: job.kind, payloadVersion: job.payloadVersion }, 'a job of another version was put back');
  await leaveToOthers(job, PUT_BACK_MS);
  return { outcome: 'unknown', waitMs: PUT_BACK_MS };
}
