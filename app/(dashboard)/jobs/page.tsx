import { Title } from '@mantine/core';
import type { Metadata } from 'next';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { pageSession } from '#lib/auth/page-session.ts';
import { jobFilter, listJobs } from '#lib/jobs/jobs.ts';
import { JobFilters } from './_components/job-filters.tsx';
import { NoJobs } from './_components/no-jobs.tsx';
import { PastJobs } from './_components/past-jobs.tsx';
import { RunningJobs } from './_components/running-jobs.tsx';

export const metadata: Metadata = { title: 'Jobs' };

const RUNNING = 'status=queued,running&parent=none&limit=100';
const ENDED = 'completed,failed,cancelled';
const PAGE_ROWS = 25;

export default async function JobsPage({ searchParams }: PageProps<'/jobs'>) {
  const session = await pageSession();
  const { status, kind } = jobFilter
    .strip()
    .catch({})
    .parse(await searchParams);
  const past = { status: status ?? jobFilter.parse({ status: ENDED }).status, kind };
  const [running, ended] = await Promise.all([
    listJobs(session, { status: ['queued', 'running'], kind, parent: 'none', limit: 100 }),
    listJobs(session, { ...past, parent: 'none', limit: PAGE_ROWS }),
  ]);
  const ofKind = kind ? `&kind=${encodeURIComponent(kind)}` : '';
  const pastPath = `/api/jobs?status=${past.status}${ofKind}&parent=none&limit=${PAGE_ROWS}`;
  const mayEdit = session.role !== 'viewer';
  return (
    <>
      <PageHeader title="Jobs" description="What is being worked on, and what has been: syncs and exports." />
      <RunningJobs jobs={running.items} path={`/api/jobs?${RUNNING}${ofKind}`} mayCancel={mayEdit} />
      <Title order={2} size="h4" mt="xl" mb="sm">
        Past jobs
      </Title>
      <JobFilters status={status?.join() ?? ''} kind={kind ?? ''} />
      {ended.items.length === 0 ? (
        <NoJobs narrowed={Boolean(status || kind)} />
      ) : (
        <PastJobs
          key={pastPath}
          first={ended}
          path={pastPath}
          running={running.items.map(({ id }) => id)}
          mayRetry={mayEdit}
        />
      )}
    </>
  );
}
