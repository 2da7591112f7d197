import type { Formats } from '#app/_ui/formats.ts';
import type { JobView } from '#lib/jobs/jobs.ts';

type Phased = Pick<
  JobView,
  'kind' | 'status' | 'blocked' | 'cancelRequestedAt' | 'error' | 'dueAt' | 'startedAt' | 'progress'
>;

const phases: Readonly<Record<string, string>> = {
  preparing: 'Preparing',
  reading: 'Reading the source',
  writing: 'Writing the rows',
  filtering: 'Reading the rows',
  formatting: 'Writing the file',
  uploading: 'Storing the file',
  finalizing: 'Finishing',
};

/** What a job that has not ended does at `now`, in milliseconds since 1970: its phase, or what it waits for and until when. */
export function phaseOf(job: Phased, format: Pick<Formats, 'dateTime'>, now: number): string {
  if (job.cancelRequestedAt) return 'Cancelling';
  if (job.status === 'queued' && job.blocked) return 'Waiting for the jobs before it';
  if (job.status !== 'queued') return phases[job.progress.currentPhase ?? ''] ?? 'Starting';
  const due = format.dateTime(job.dueAt);
  if (job.error) return `A try failed; the next one is due ${due}`;
  if (Date.parse(job.dueAt) <= now) return 'Waiting for its turn';
  if (job.startedAt === null) return `Starts at ${due}`;
  // A sync that has begun is put off by nothing else.
  return job.kind === 'sync'
    ? `The calls that the source's limits allow are used up; goes on at ${due}`
    : `Goes on at ${due}`;
}
