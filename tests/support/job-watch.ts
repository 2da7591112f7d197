import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { TestDatabase } from '#tests/support/database.ts';

/** A job's row as a test looks at it. */
export interface JobRow {
  readonly id: string;
  readonly status: string;
  readonly seq: number;
  readonly attempts: number;
  readonly progress: Record<string, unknown>;
  readonly result: unknown;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly warnings: readonly unknown[];
}

/** Looks at jobs past every policy. */
export interface JobWatch {
  jobRow(jobId: string): Promise<JobRow>;
  /** Waits until the row is as the test wants it, and throws with the row as it is when that takes too long. */
  jobUntil(jobId: string, wanted: (job: JobRow) => boolean, withinMs?: number): Promise<JobRow>;
  /** Waits until the job has completed, failed or been cancelled. */
  jobDone(jobId: string, withinMs?: number): Promise<JobRow>;
  close(): Promise<void>;
}

/** Only what hangs may fail for the time it takes; a little less than a test may take, so that the row is seen. */
const PATIENCE_MS = 240_000;
const ENDED = ['completed', 'failed', 'cancelled'];

export function watchJobs({ adminUrl }: Pick<TestDatabase, 'adminUrl'>): JobWatch {
  const pool = new pg.Pool({ connectionString: adminUrl, max: 1 });

  async function jobRow(jobId: string): Promise<JobRow> {
    const { rows } = await pool.query<JobRow>('select * from public.jobs where id = $1', [jobId]);
    if (!rows[0]) throw new Error(`There is no job ${jobId}.`);
    return rows[0];
  }

  async function jobUntil(
    jobId: string,
    wanted: (job: JobRow) => boolean,
    withinMs = PATIENCE_MS,
  ): Promise<JobRow> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const job = await jobRow(jobId);
      if (wanted(job)) return job;
      if (Date.now() > deadline) throw new Error(`After ${withinMs} ms the job is ${JSON.stringify(job)}`);
      await sleep(25);
    }
  }

  return {
    jobRow,
    jobUntil,
    jobDone: (jobId, withinMs) => jobUntil(jobId, ({ status }) => ENDED.includes(status), withinMs),
    close: () => pool.end(),
  };
}
