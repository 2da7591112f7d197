import { sql } from 'kysely';
import { z } from 'zod';
import { asMember } from '#lib/db/as-member.ts';
import { defineJob, type JobContext } from '#lib/jobs/contract.ts';

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
      if ((await writePage(context)) >= pages) return { outcome: 'done', result: { pages } };
    }
    return { outcome: 'again' };
  },
});

/** Gives the number of pages that are there now. */
function writePage({ jobId, workspaceId, hold, commit }: JobContext<unknown>): Promise<number> {
  return asMember({ workspaceId, actor: { kind: 'job', id: jobId } }, async (tx) => {
    await hold(tx);
    const { rows } = await sql<{ done: number }>`
      select coalesce((progress->>'itemsProcessed')::int, 0) as done from public.jobs where id = ${jobId}
    `.execute(tx.db);
    const page = (rows[0]?.done ?? 0) + 1;
    await sql`
      insert into public.audit_log (workspace_id, action, target_id, details)
      values (${workspaceId}, 'page.written', ${jobId}, ${JSON.stringify({ page })})
    `.execute(tx.db);
    await commit(tx, { itemsProcessed: page });
    return page;
  });
}
