import { type Acting, asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { JobContext, Progress } from '#lib/jobs/contract.ts';

/** A sync acts as its own job, pinned to its workspace. */
export function actingAs({ workspaceId, jobId }: Pick<JobContext<unknown>, 'workspaceId' | 'jobId'>): Acting {
  return { workspaceId, actor: { kind: 'job', id: jobId } };
}

/**
 * One writing transaction of a slice: it holds the job first and stores the progress that `work` has made, if
 * any, last. Nothing of it stays where another worker has taken over or a person has cancelled. A transaction
 * without progress does not count as getting on: a try that dies after it is a failed try.
 */
export function fenced<T>(
  context: JobContext<unknown>,
  work: (tx: Tx) => Promise<T>,
  progress?: Progress,
): Promise<T> {
  const { signal } = context;
  return asMember(
    actingAs(context),
    async (tx) => {
      await context.hold(tx);
      const result = await work(tx);
      if (progress) await context.commit(tx, progress);
      return result;
    },
    { signal },
  );
}
