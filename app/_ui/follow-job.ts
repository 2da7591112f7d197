import type { ActionError } from '#lib/api/action.ts';
import type { JobView } from '#lib/jobs/jobs.ts';
import { ApiProblem, callApi } from './call-api.ts';

const EVENTS = ['sync_progress', 'sync_completed', 'sync_error', 'notification'];
const ENDED: readonly string[] = ['completed', 'failed', 'cancelled'];
/** How long the browser may try to take a broken stream up again; the server itself closes it now and then. */
const STREAM_PATIENCE_MS = 15_000;
const POLL_MS = 3_000;
/** Asking again would change nothing. */
const FINAL: readonly string[] = ['bad_request', 'unauthenticated', 'forbidden', 'not_found'];

/** Whether nothing more will happen to the job. */
export function hasEnded({ status }: Pick<JobView, 'status'>): boolean {
  return ENDED.includes(status);
}

interface Follower {
  /** Called with each newer state, the last one included. */
  take(job: JobView): void;
  /** Called where the job cannot be seen any more. */
  lost(problem: ActionError): void;
}

/**
 * Tells a job's states until it ends: by server-sent events, and by asking every few seconds where those do not
 * come through. Returns what stops it.
 */
export function followJob(jobId: string, seenVersion: number, { take, lost }: Follower): () => void {
  const stopped = new AbortController();
  let version = seenVersion;
  const taken = (job: JobView) => {
    version = job.version;
    take(job);
    if (hasEnded(job)) stopped.abort();
  };
  listen(jobId, taken, stopped.signal, () =>
    poll(jobId, () => version, { take: taken, lost }, stopped.signal),
  );
  return () => stopped.abort();
}

function listen(jobId: string, take: Follower['take'], signal: AbortSignal, instead: () => void): void {
  const source = new EventSource(`/api/jobs/${jobId}/events`);
  let patience: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(patience);
    source.close();
  };
  const giveUp = () => {
    close();
    if (!signal.aborted) instead();
  };
  signal.addEventListener('abort', close);
  for (const event of EVENTS) {
    source.addEventListener(event, ({ data }: MessageEvent<string>) => take(JSON.parse(data) as JobView));
  }
  source.onopen = () => {
    clearTimeout(patience);
    patience = undefined;
  };
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) giveUp();
    else patience ??= setTimeout(giveUp, STREAM_PATIENCE_MS);
  };
}

async function poll(
  jobId: string,
  seen: () => number,
  { take, lost }: Follower,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const job = await callApi<JobView | undefined>(`/api/jobs/${jobId}?since=${seen()}`, { signal });
      if (job) take(job);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiProblem && FINAL.includes(error.problem.code)) return lost(error.problem);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
