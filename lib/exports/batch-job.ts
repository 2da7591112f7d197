import { sql } from 'kysely';
import { z } from 'zod';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { Artifact } from '#lib/exports/artifacts.ts';
import { defineJob, type JobError } from '#lib/jobs/contract.ts';

/** What became of one export of a batch. */
interface BatchedExport {
  readonly exportId: string;
  readonly name: string;
  readonly jobId: string;
  readonly status: 'completed' | 'failed' | 'cancelled';
  readonly error: JobError | null;
  readonly artifacts: readonly Artifact[];
}

const payload = z.strictObject({ exports: z.array(z.guid()), order: z.enum(['parallel', 'sequence']) });

/**
 * Several exports as one job: its children, each a run of its own, do the work, and it says at their end what became
 * of each. It is completed where at least one of them was, and warns of the others.
 */
export const batchJob = defineJob<
  z.infer<typeof payload>,
  { readonly exports: readonly BatchedExport[]; readonly completed: number }
>({
  kind: 'batch',
  payloadVersion: 1,
  payload,
  async slice({ workspaceId, jobId }) {
    const acting = { workspaceId, actor: { kind: 'job', id: jobId } } as const;
    const exports = await asMember(acting, (tx) => runsOf(tx, jobId));
    const others = exports.filter(({ status }) => status !== 'completed');
    if (others.length === exports.length) throw noneCompleted(others);
    const warnings = others.map((each) => ({ message: sentenceOf(each) }));
    const result = { exports, completed: exports.length - others.length };
    return { outcome: 'done', result, warnings };
  },
});

async function runsOf({ db }: Tx, batchId: string): Promise<readonly BatchedExport[]> {
  const { rows } = await sql<BatchedExport>`
    select j.payload ->> 'exportId' as "exportId", coalesce(e.name, 'An export that was deleted') as name,
      j.id as "jobId", j.status, j.error, coalesce(j.result -> 'artifacts', '[]') as artifacts
    from public.jobs j left join public.exports e on e.id = (j.payload ->> 'exportId')::uuid
    where j.parent_id = ${batchId} order by j.created_at, j.id
  `.execute(db);
  return rows;
}

function noneCompleted(exports: readonly BatchedExport[]): EntrepotError {
  const failed = exports.find(({ status }) => status === 'failed');
  return failed
    ? new EntrepotError('invalid', `None of the exports was completed. ${sentenceOf(failed)}`)
    : new EntrepotError('cancelled', 'All of its exports were cancelled.');
}

function sentenceOf({ name, status, error }: BatchedExport): string {
  return `“${name}” ${status === 'failed' ? 'failed' : 'was cancelled'}: ${error?.message ?? ''}`;
}
