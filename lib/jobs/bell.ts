import { randomUUID } from 'node:crypto';
import { Client } from '@upstash/qstash';
import { env } from '#lib/env.ts';
import { log } from '#lib/log.ts';

/** Where the queue delivers its messages. */
export function receiverUrl(): string {
  const { APP_URL, JOBS_URL = APP_URL } = env();
  return `${JOBS_URL}/api/jobs/run`;
}

const TIMEOUT_MS = 5_000;
/** The longest delay that every plan of the queue takes; what is due later is rung for by the sweeper. */
const LONGEST_DELAY_MS = 7 * 86_400_000;

interface RingOptions {
  readonly notBefore?: Date;
  /** Rings although the same turn was rung for within the ten minutes in which the queue drops repeats. */
  readonly fresh?: boolean;
}

/**
 * Asks the queue to call a worker for this turn of the job. To be awaited after the commit that made the
 * turn. Answers whether the queue took it and never throws: a failed ring is logged and left to the sweeper.
 */
export async function ring(jobId: string, seq: number, options: RingOptions = {}): Promise<boolean> {
  const { notBefore, fresh = false } = options;
  const dueMs = notBefore?.getTime() ?? 0;
  if (dueMs > Date.now() + LONGEST_DELAY_MS) return true;
  try {
    await inTime(
      queue().publishJSON({
        url: receiverUrl(),
        body: { jobId, seq },
        deduplicationId: fresh ? `${jobId}-${seq}-${randomUUID()}` : `${jobId}-${seq}`,
        ...(dueMs > Date.now() && { notBefore: Math.ceil(dueMs / 1_000) }),
      }),
    );
    return true;
  } catch (error) {
    log().warn({ error, jobId, seq }, 'the queue could not be rung; the sweeper will');
    return false;
  }
}

/** Rings for each of these turns, at once or when it is due. */
export async function ringAll(
  turns: readonly { readonly id: string; readonly seq: number; readonly dueAt?: string }[],
): Promise<void> {
  await Promise.all(
    turns.map(({ id, seq, dueAt }) =>
      ring(id, seq, { fresh: true, ...(dueAt && { notBefore: new Date(dueAt) }) }),
    ),
  );
}

function queue(): Client {
  const { QSTASH_URL, QSTASH_TOKEN } = env();
  return new Client({
    baseUrl: QSTASH_URL,
    token: QSTASH_TOKEN,
    retry: false,
    devMode: false,
    enableTelemetry: false,
  });
}

/** The SDK's calls have no time limit of their own. */
async function inTime(publishing: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the queue did not answer in time')), TIMEOUT_MS);
  });
  try {
    await Promise.race([publishing, late]);
  } finally {
    clearTimeout(timer);
  }
}
