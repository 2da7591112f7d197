import type { Metadata } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import { orNotFound } from '#lib/api/page.ts';
import { idParams } from '#lib/api/params.ts';
import { parseParams } from '#lib/api/parse.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { getJob, listAttempts, listJobs } from '#lib/jobs/jobs.ts';
import { JobDetail } from './_components/job-detail.tsx';

/** More than a batch may have. */
const MOST_PARTS = 100;

export const metadata: Metadata = { title: 'Job' };

export default async function JobPage({ params }: PageProps<'/jobs/[id]'>) {
  const session = await pageSession();
  const { job, parts, attempts } = await orNotFound(readJob(session, await params));
  return (
    <>
      <TextLink href="/jobs" size="sm">
        All jobs
      </TextLink>
      <JobDetail job={job} parts={parts} attempts={attempts} mayEdit={session.role !== 'viewer'} />
    </>
  );
}

async function readJob(session: Parameters<typeof getJob>[0], params: unknown) {
  const { id } = parseParams(idParams, params);
  const [job, parts, attempts] = await Promise.all([
    getJob(session, id),
    listJobs(session, { parent: id, limit: MOST_PARTS }),
    listAttempts(session, id),
  ]);
  return { job, parts: parts.items, attempts };
}
