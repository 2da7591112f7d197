import { sql } from 'kysely';
import { z } from 'zod';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { defineJob, type JobContext } from '#lib/jobs/contract.ts';
import type { JobKinds } from '#lib/jobs/registry.ts';

const payload = z.object({ pages: z.int(), pagesPerSlice: z.int() });

/**
 * Writes so many pages, each a line of the audit trail with the page's number, committed together with the
 * progress: what a sync does, without its weight.
 */
export const pagesJob = defineJob({
  kind: 'pages',
  payloadVersion: 1,
  payload,
  async slice(context: JobContext<z.infer<typeof payload>>) {
    const { pages, pagesPerSlice } = context.payload;
    for (let written = 0; written < pagesPerSlice; written += 1) {
      context.signal.throwIfAborted();
      if (!(await writePage(context))) return { outcome: 'done', result: { pages } };
    }
    return { outcome: 'again' };
  },
});

/** Whether there was one left to write. */
function writePage(context: JobContext<z.infer<typeof payload>>): Promise<boolean> {
  const { jobId, workspaceId } = context;
  return asMember({ workspaceId, actor: { kind: 'job', id: jobId } }, async (tx) => {
    await context.hold(tx);
    const { rows } = await sql<{ page: number }>`
      select coalesce((progress->>'itemsProcessed')::int, 0) + 1 as page from public.jobs where id = ${jobId}
    `.execute(tx.db);
    const page = rows[0]?.page ?? 1;
    if (page > context.payload.pages) return false;
    await audit(tx, 'page.written', jobId, { page });
    await context.commit(tx, { itemsProcessed: page });
    return true;
  });
}

/** What a worker process of these tests knows. @public */
export const kinds: JobKinds = async (name) => (name === pagesJob.kind ? pagesJob : undefined);
