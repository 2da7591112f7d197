import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedJob } from '#lib/jobs/claim.ts';
import type { JobContext, JobKind, SliceEnd } from '#lib/jobs/contract.ts';
import { commitPage, holdLease, reasonToStop, renewLease, storeProgress } from '#lib/jobs/lease.ts';
import type { Timings } from '#lib/jobs/timings.ts';
import { log } from '#lib/log.ts';

const REPORT_INTERVAL_MS = 1_000;

/**
 * Runs one slice under its lease. Rejects with `cancelled` or `lease_lost` where that is why the slice
 * stopped, and otherwise with the slice's own error. Nothing of it is running any more once this settles.
 */
export async function runSlice(
  job: ClaimedJob,
  kind: JobKind<unknown, unknown>,
  payload: unknown,
  timings: Timings,
): Promise<SliceEnd<unknown>> {
  const stop = new AbortController();
  const over = new AbortController();
  const watching = watchLease(job, timings, stop, over.signal);
  try {
    const end = await kind.slice(contextOf(job, payload, timings, stop.signal));
    if (end.outcome === 'again') stop.signal.throwIfAborted();
    return end;
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    over.abort();
    await watching;
  }
}

function contextOf(
  job: ClaimedJob,
  payload: unknown,
  { sliceMs, leaseMs }: Timings,
  signal: AbortSignal,
): JobContext<unknown> {
  const endsAt = performance.now() + sliceMs;
  let reportedAt = Number.NEGATIVE_INFINITY;
  return {
    jobId: job.id,
    workspaceId: job.workspaceId,
    ownerId: job.ownerId,
    payload,
    token: job.token,
    signal,
    timeLeft: () => Math.max(0, endsAt - performance.now()),
    hold: (tx) => holdLease(tx, job),
    commit: (tx, progress) => commitPage(tx, job, progress, leaseMs),
    async report(progress) {
      if (performance.now() < reportedAt + REPORT_INTERVAL_MS) return;
      reportedAt = performance.now();
      await storeProgress(job, progress);
    },
  };
}

/** Until the slice is over: renews the lease, and aborts `stop` when the slice has lost its reason to go on. */
async function watchLease(
  job: ClaimedJob,
  { watchMs, renewMs, leaseMs }: Timings,
  stop: AbortController,
  over: AbortSignal,
): Promise<void> {
  let renewAt = performance.now() + renewMs;
  while (await paused(watchMs, over)) {
    try {
      if (performance.now() >= renewAt) {
        await renewLease(job, leaseMs);
        renewAt = performance.now() + renewMs;
      }
      const reason = await reasonToStop(job);
      if (reason) return stop.abort(reason);
    } catch (error) {
      log().warn({ error }, 'the lease could not be looked after');
    }
  }
}

/** Whether the pause ended by itself. */
async function paused(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
