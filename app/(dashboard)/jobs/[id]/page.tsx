import type { Metadata } from 'next';
import { TextLink } from '#app/_ui/link.tsx';
import { orNotFound } from '#lib/api/page.ts';
import { idParams } from '#lib/api/params.ts';
import { parseParams } from '#lib/api/parse.ts';
import { pageSession } from '#lib/auth/page-session.ts';
import { getJob } from '#lib/jobs/jobs.ts';
import { JobDetail } from './_components/job-detail.tsx';

export const metadata: Metadata = { title: 'Job' };

export default async function JobPage({ params }: PageProps<'/jobs/[id]'>) {
  const session = await pageSession();
  const job = await orNotFound(readJob(session, await params));
  return (
    <>
      <TextLink href="/jobs" size="sm">
        All jobs
      </TextLink>
      <JobDetail job={job} mayEdit={session.role !== 'viewer'} />
    </>
  );
}

async function readJob(session: Parameters<typeof getJob>[0], params: unknown) {
  return getJob(session, parseParams(idParams, params).id);
}
