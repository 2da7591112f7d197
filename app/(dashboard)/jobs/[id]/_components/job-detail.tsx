'use client';

import { Alert, List, ListItem, Paper, Stack, Text, Title } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { hasEnded } from '#app/_ui/follow-job.ts';
import { JobProgress } from '#app/_ui/job-progress.tsx';
import { PageHeader } from '#app/_ui/page-header.tsx';
import { useJob } from '#app/_ui/use-job.ts';
import { CancelJobButton, RetryJobButton } from '#app/(dashboard)/jobs/_components/job-action-button.tsx';
import { JobOutcome } from '#app/(dashboard)/jobs/_components/job-outcome.tsx';
import { canRetry, titleOf } from '#app/(dashboard)/jobs/_components/job-words.ts';
import type { JobView } from '#lib/jobs/jobs.ts';
import { adviceFor } from './advice.ts';
import { Attempts } from './attempts.tsx';
import { JobFacts } from './job-facts.tsx';
import { JobParts } from './job-parts.tsx';
import { StreamCounts } from './stream-counts.tsx';

interface JobDetailProps {
  readonly job: JobView;
  readonly parts: readonly JobView[];
  readonly attempts: readonly JobView[];
  readonly mayEdit: boolean;
}

/** A job as it is at this moment: how far, what came of it and of its parts, why it failed and what to do about it. */
export function JobDetail({ job: initial, parts, attempts, mayEdit }: JobDetailProps) {
  const router = useRouter();
  const job = useJob(initial.id, initial, () => router.refresh()) ?? initial;
  return (
    <>
      <PageHeader title={titleOf(job)} actions={mayEdit && <JobActions job={job} />} />
      <Stack gap="lg">
        <Paper withBorder p="md">
          <Stack gap="sm">
            <JobProgress job={job} />
            <JobOutcome job={job} />
          </Stack>
        </Paper>
        {job.status === 'failed' && <Advice job={job} mayEdit={mayEdit} />}
        <StreamCounts job={job} />
        <JobParts job={job} parts={parts} mayEdit={mayEdit} />
        <Attempts attempts={attempts} shown={job.id} />
        <Warnings job={job} />
        <JobFacts job={job} />
      </Stack>
    </>
  );
}

function JobActions({ job }: { job: JobView }) {
  if (canRetry(job)) return <RetryJobButton jobId={job.id} of={titleOf(job)} variant="filled" follow />;
  if (hasEnded(job)) return null;
  return <CancelJobButton jobId={job.id} of={titleOf(job)} disabled={job.cancelRequestedAt !== null} />;
}

function Advice({ job, mayEdit }: { job: JobView; mayEdit: boolean }) {
  return (
    <Alert title="What to do">
      <Text size="sm">
        {adviceFor(job)}{' '}
        {mayEdit ? 'Then run it again.' : 'Then an editor of the workspace can run it again.'}
      </Text>
    </Alert>
  );
}

function Warnings({ job: { warnings } }: { job: JobView }) {
  if (warnings.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Warnings
      </Title>
      <List size="sm">
        {warnings.map((warning) => (
          <ListItem key={JSON.stringify(warning)}>{textOf(warning)}</ListItem>
        ))}
      </List>
    </section>
  );
}

function textOf(warning: unknown): string {
  const said =
    typeof warning === 'object' && warning !== null && 'message' in warning ? warning.message : warning;
  return typeof said === 'string' ? said : JSON.stringify(said);
}
