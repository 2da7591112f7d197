import { setTimeout as sleep } from 'node:timers/promises';
import type { Acting } from '#lib/db/as-member.ts';
import { getJob, type JobView } from '#lib/jobs/jobs.ts';

export interface EventTimings {
  /** How often the job is looked at. */
  readonly lookMs: number;
  /** How long the stream may be silent; proxies close one that is. */
  readonly commentMs: number;
  /** After this we close it, before the platform does; the browser connects again by itself. */
  readonly closeMs: number;
}

const TIMINGS: EventTimings = { lookMs: 1_000, commentMs: 15_000, closeMs: 50_000 };
const RECONNECT_MS = 3_000;
const ENDED: readonly string[] = ['completed', 'failed', 'cancelled'];

interface EventOptions {
  /** The version the caller has seen, of the request's `Last-Event-ID`. */
  readonly lastEventId?: string | null;
  readonly signal: AbortSignal;
  readonly timings?: EventTimings;
}

/**
 * A job's states as server-sent events, each the whole job under its version as id: the present one first
 * unless the caller has seen it, then each newer one, until the job ends. States that follow one another
 * within a second may come as one. Throws `not_found` before anything is streamed.
 */
export async function jobEvents(
  acting: Acting,
  jobId: string,
  { lastEventId, signal, timings = TIMINGS }: EventOptions,
): Promise<ReadableStream<Uint8Array>> {
  const first = await getJob(acting, jobId);
  const closed = AbortSignal.any([signal, AbortSignal.timeout(timings.closeMs)]);
  const lines = eventLines(first, Number(lastEventId ?? 0), () => getJob(acting, jobId), closed, timings);
  return streamOf(lines);
}

function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await lines.return(undefined)),
  });
}

async function* eventLines(
  first: JobView,
  seenVersion: number,
  look: () => Promise<JobView>,
  closed: AbortSignal,
  { lookMs, commentMs }: EventTimings,
): AsyncGenerator<string> {
  yield `retry: ${RECONNECT_MS}\n\n`;
  let seen = seenVersion;
  let spokenAt = performance.now();
  for (let job = first; ; job = await look()) {
    const ended = ENDED.includes(job.status);
    if (job.version !== seen || ended) {
      yield eventOf(job);
      seen = job.version;
      spokenAt = performance.now();
    } else if (performance.now() >= spokenAt + commentMs) {
      yield ': still here\n\n';
      spokenAt = performance.now();
    }
    if (ended || (await isClosedWithin(lookMs, closed))) return;
  }
}

function eventOf(job: JobView): string {
  return `event: ${nameOf(job)}\nid: ${job.version}\ndata: ${JSON.stringify(job)}\n\n`;
}

/** A queued job with an error is one whose last try failed: worth telling, and not the end. */
function nameOf({ status, error }: JobView): string {
  if (status === 'completed') return 'sync_completed';
  if (ENDED.includes(status)) return 'sync_error';
  return status === 'queued' && error ? 'notification' : 'sync_progress';
}

async function isClosedWithin(ms: number, closed: AbortSignal): Promise<boolean> {
  await sleep(ms, undefined, { signal: closed }).catch(() => undefined);
  return closed.aborted;
}
