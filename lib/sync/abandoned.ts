import { sql } from 'kysely';
import { asService } from '#lib/db/as-service.ts';
import type { JobError } from '#lib/jobs/contract.ts';

const CLOSED_AT_ONCE = 100;

const ABANDONED: JobError = {
  code: 'internal',
  message: 'The sync ended without an answer. Start it again.',
};

/**
 * Fails the runs that nobody will end any more: their job could not be read, or is gone. Their source is free
 * again then. Locks the source before the run. One call does a bounded number, and says how many.
 */
export async function closeAbandoned(): Promise<number> {
  const closed = await asService(({ db }) =>
    sql`
      with abandoned as (
        select r.id, s.id as source_id, coalesce(j.error, ${JSON.stringify(ABANDONED)}::jsonb) as error
        from public.external_data_sources s
        join public.sync_runs r on r.source_id = s.id
        left join public.jobs j on j.id = r.job_id
        where s.sync_status in ('queued', 'running') and r.status in ('queued', 'running')
          and (j.id is null or j.status not in ('queued', 'running'))
        limit ${CLOSED_AT_ONCE} for no key update of s skip locked
      ), freed as (
        update public.external_data_sources s set sync_status = 'failed', sync_error = a.error
        from abandoned a
        where s.id = a.source_id and not exists (
          select from public.sync_runs r join public.jobs j on j.id = r.job_id
          where r.source_id = s.id and j.status in ('queued', 'running'))
      )
      update public.sync_runs r set status = 'failed', error = a.error, completed_at = now()
      from abandoned a where r.id = a.id
    `.execute(db),
  );
  return Number(closed.numAffectedRows ?? 0);
}
