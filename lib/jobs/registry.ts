import type { JobKind } from '#lib/jobs/contract.ts';

/** Finds the kind of a job; undefined where this deployment knows none of that name. */
export type JobKinds = (name: string) => Promise<JobKind<unknown, unknown> | undefined>;

const loaders: Readonly<Record<string, () => Promise<JobKind<unknown, unknown>>>> = {
  sync: async () => (await import('#lib/sync/job.ts')).syncJob,
  deletion: async () => (await import('#lib/sync/deletions/job.ts')).deletionJob,
  replay: async () => (await import('#lib/sync/replay-job.ts')).replayJob,
  alert: async () => (await import('#lib/sync/alerts/job.ts')).alertJob,
  export: async () => (await import('#lib/exports/job.ts')).exportJob,
  batch: async () => (await import('#lib/exports/batch-job.ts')).batchJob,
};

/** Every kind of job, loaded when first needed. */
export const jobKinds: JobKinds = async (name) => loaders[name]?.();
