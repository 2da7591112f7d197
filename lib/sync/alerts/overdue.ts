import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import { workHere } from '#lib/jobs/work-here.ts';
import { alertJob } from './job.ts';

const MAILED_AT_ONCE = 20;
const TIME_MS = 20_000;

/**
 * Sends the mails about sources that the queue has not come for within two minutes: that the queue stands still is
 * what some of them tell. One call takes a bounded time; answers how many it has taken up.
 */
export async function mailOverdue(): Promise<number> {
  const endsAt = performance.now() + TIME_MS;
  const { rows } = await asService(({ db }) =>
    sql<{ id: string; seq: number }>`
      select id, seq from public.jobs
      where kind = ${alertJob.kind} and status = 'queued' and due_at < now() - interval '2 minutes'
      order by due_at limit ${MAILED_AT_ONCE}
    `.execute(db),
  );
  let taken = 0;
  for (const job of rows) {
    if (performance.now() > endsAt) break;
    await workHere(job);
    taken += 1;
  }
  return taken;
}
