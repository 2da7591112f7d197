import { z } from 'zod';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { batchJob } from '#lib/exports/batch-job.ts';
import { enqueueRun } from '#lib/exports/runs.ts';
import { ringAll } from '#lib/jobs/bell.ts';
import { prioritySchema } from '#lib/jobs/contract.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';

/** Several exports to be run as one job. */
export const batchInput = z
  .strictObject({
    exports: z
      .array(z.guid())
      .min(1)
      .max(50)
      .refine((ids) => new Set(ids).size === ids.length, 'must name each export once')
      .meta({ description: 'The ids of the exports.' }),
    order: z.enum(['parallel', 'sequence']).default('parallel').meta({
      description:
        'All at once, as far as there is room, whatever becomes of each; or one after another in this order: where one is not completed, those after it are cancelled.',
    }),
    priority: prioritySchema.optional(),
  })
  .meta({
    examples: [
      {
        exports: ['6f0b4a3e-54f5-4c8e-9f5b-0d0a5b1f5c11', '0c4c2f5e-7f6b-4a44-8a3c-6f0a3d1f2b22'],
        order: 'sequence',
      },
    ],
  });
type BatchInput = z.output<typeof batchInput>;

/**
 * Queues a run of each of the exports, and a job that they are the parts of, or nothing where one of them cannot be
 * run: `not_found`, `invalid` where it no longer fits its dataset, `conflict` while another run of it is under way.
 */
export async function runBatch(session: Session, input: BatchInput): Promise<{ jobId: string }> {
  requireRole(session, 'editor');
  const { jobId, first } = await asMember(session, (tx) => enqueueBatch(tx, session, input));
  await ringAll(first.map((id) => ({ id, seq: 0 })));
  return { jobId };
}

/** Gives the runs that may begin too. */
async function enqueueBatch(
  tx: Tx,
  session: Session,
  { exports, order, priority = 'normal' }: BatchInput,
): Promise<{ jobId: string; first: readonly string[] }> {
  const jobId = await enqueue(tx, session, batchJob, { exports, order }, { priority, awaitsChildren: true });
  const runs: string[] = [];
  for (const exportId of exports) {
    const dependsOn = order === 'sequence' ? runs.slice(-1) : [];
    runs.push(await enqueueRun(tx, session, exportId, { priority, parentId: jobId, dependsOn }));
  }
  return { jobId, first: order === 'sequence' ? runs.slice(0, 1) : runs };
}
