import { z } from 'zod';
import type { Tx } from '#lib/db/transaction.ts';

/** Which of a workspace's jobs comes first where they wait for one another. */
export const prioritySchema = z.enum(['low', 'normal', 'high']).meta({
  title: 'Priority',
  description:
    'Which of the workspace’s jobs comes first where they wait for one another. One of low priority is not put off for ever.',
});
export type Priority = z.infer<typeof prioritySchema>;

/** What a person sees of a job at work. Counts are rows; the estimate is in milliseconds. */
export const progressSchema = z.object({
  itemsProcessed: z.number().exactOptional(),
  itemsTotal: z.number().nullable().exactOptional(),
  percentage: z.number().nullable().exactOptional(),
  currentPhase: z
    .enum(['preparing', 'filtering', 'formatting', 'uploading', 'finalizing', 'reading', 'writing'])
    .exactOptional(),
  estimatedTimeRemaining: z.number().nullable().exactOptional().meta({ description: 'In milliseconds.' }),
});
export type Progress = Readonly<z.infer<typeof progressSchema>>;

/** How a slice ended. `again` asks for another turn, at once or not before `at`. */
export type SliceEnd<Result> =
  | { readonly outcome: 'done'; readonly result: Result; readonly warnings?: readonly unknown[] }
  | { readonly outcome: 'again'; readonly at?: Date };

/** What a slice is given: who it acts for, what fences its writes, and how long it may take. */
export interface JobContext<Payload> {
  readonly jobId: string;
  readonly workspaceId: string;
  /** The person whose rights an export or schedule has; null once that account is gone. */
  readonly ownerId: string | null;
  readonly payload: Payload;
  /** Names this slice alone; part of every temporary name. */
  readonly token: string;
  /** Milliseconds of work left; a slice that sees few ends by itself. */
  timeLeft(): number;
  /** Aborted when the job is cancelled or its lease is lost. A process that ends just ends: that is safe anywhere. */
  readonly signal: AbortSignal;
  /**
   * The first statement of every writing transaction: locks the job, and throws `lease_lost` where another
   * worker has taken over. Throws `cancelled` where a person has asked for that.
   */
  hold(tx: Tx): Promise<void>;
  /**
   * Stores progress and renews the lease in that same transaction, after `hold`. It counts as getting on: the
   * tries that are allowed before the job is given up begin anew.
   */
  commit(tx: Tx, progress: Progress): Promise<void>;
  /** Stores progress in a transaction of its own, at most once a second; for phases that write nothing else. */
  report(progress: Progress): Promise<void>;
}

/** What the end of a job tells whatever it worked for, in the transaction that ends it. */
export type JobOutcome<Result> =
  | { readonly status: 'completed'; readonly result: Result }
  | { readonly status: 'failed' | 'cancelled'; readonly error: JobError };

/** An error as it is stored and shown: never an unknown error's message. */
export const jobErrorSchema = z.object({ code: z.string(), message: z.string() }).meta({ id: 'Failure' });
export type JobError = Readonly<z.infer<typeof jobErrorSchema>>;

/** A kind of job: its payload and one slice of its work. */
export interface JobKind<Payload, Result> {
  readonly kind: string;
  /** Raised when the payload changes shape; a worker puts back versions that it does not know. */
  readonly payloadVersion: number;
  readonly payload: z.ZodType<Payload>;
  slice(context: JobContext<NoInfer<Payload>>): Promise<SliceEnd<Result>>;
  /**
   * Runs as the service in the transaction that completes, fails or cancels the job. A failed job may be
   * retried: then its slices run on after this, and it is called once more.
   */
  settle?(
    tx: Tx,
    job: { jobId: string; workspaceId: string; payload: NoInfer<Payload> },
    outcome: JobOutcome<Result>,
  ): Promise<void>;
  /**
   * Runs when the job has ended and that is committed. A worker may die before it, and what it throws is logged:
   * so it does what a sweep does too, sooner.
   */
  after?(job: { readonly payload: NoInfer<Payload> }): Promise<void>;
}

/** Gives a job kind its types by inference. */
export function defineJob<Payload, Result>(kind: JobKind<Payload, Result>): JobKind<Payload, Result> {
  return kind;
}
