'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useAction } from '#app/_ui/use-action.ts';
import { useJob } from '#app/_ui/use-job.ts';
import { cancel, run } from '#app/(dashboard)/exports/actions.ts';
import type { ActionError } from '#lib/api/action.ts';
import type { Artifact } from '#lib/exports/artifacts.ts';
import type { ExportRun } from '#lib/exports/runs.ts';
import type { JobView } from '#lib/jobs/jobs.ts';

export interface RunningExport {
  /** The run that is under way or was just started here, as it is at this moment. */
  readonly job: JobView | undefined;
  /** The latest run, as far as it is known. */
  readonly lastRun: ExportRun | null;
  readonly underWay: boolean;
  readonly starting: boolean;
  readonly cancelling: boolean;
  readonly error: ActionError | null;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const isUnderWay = (status: string | undefined) => status === 'queued' || status === 'running';

/** Starts and cancels runs of an export and follows the one that is under way. */
export function useExportRun(exportId: string, latest: ExportRun | null): RunningExport {
  const router = useRouter();
  const starting = useAction(run);
  const stopping = useAction(cancel);
  const [startedId, setStartedId] = useState<string>();
  const jobId = (isUnderWay(latest?.status) ? latest?.id : startedId) ?? null;
  const job = useJob(jobId, undefined, () => router.refresh());
  return {
    job,
    lastRun: job && knowsMore(job, latest) ? runOf(job) : latest,
    underWay: jobId !== null && isUnderWay(job?.status ?? 'queued'),
    starting: starting.pending,
    cancelling: stopping.pending,
    error: starting.error ?? stopping.error,
    async start() {
      const started = await starting.run({ id: exportId });
      if (started) setStartedId(started.jobId);
    },
    async stop() {
      if (jobId) await stopping.run({ id: jobId });
    },
  };
}

/** The page hears of a run, and of its end, a moment after the job itself. */
function knowsMore(job: JobView, latest: ExportRun | null): boolean {
  if (job.id === latest?.id) return isUnderWay(latest.status);
  return !latest || Date.parse(job.createdAt) > Date.parse(latest.createdAt);
}

function runOf(job: JobView): ExportRun {
  const { id, status, error, warnings, retryOf, retryAttempt, createdAt, startedAt, completedAt } = job;
  const { artifacts = [] } = (job.result ?? {}) as { readonly artifacts?: readonly Artifact[] };
  const outcome = { id, status, error, warnings, artifacts };
  return { ...outcome, retryOf, retryAttempt, createdAt, startedAt, completedAt };
}
