'use client';

import { Group, Paper, Stack, Text } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { callApi } from '#app/_ui/call-api.ts';
import { JobProgress } from '#app/_ui/job-progress.tsx';
import type { JobView } from '#lib/jobs/jobs.ts';
import { CancelJobButton } from './job-action-button.tsx';
import { JobOutcome } from './job-outcome.tsx';
import { JobTitle } from './job-title.tsx';
import { titleOf } from './job-words.ts';

interface RunningJobsProps {
  readonly jobs: readonly JobView[];
  /** The list of the API that they come from. */
  readonly path: string;
  readonly mayCancel: boolean;
}

const BUSY_MS = 2_000;
const QUIET_MS = 10_000;

/** The jobs that are queued or at work, as they are now: asked for all at once, for a browser keeps few streams open. */
export function RunningJobs({ jobs: initial, path, mayCancel }: RunningJobsProps) {
  const jobs = useRunning(initial, path);
  if (jobs.length === 0) return <Text c="dimmed">Nothing is running.</Text>;
  return (
    <Stack gap="sm">
      {jobs.map((job) => (
        <Paper key={job.id} withBorder p="md">
          <Group justify="space-between" mb="xs" wrap="nowrap" align="flex-start">
            <JobTitle job={job} />
            {mayCancel && (
              <CancelJobButton
                jobId={job.id}
                of={titleOf(job)}
                size="xs"
                disabled={!!job.cancelRequestedAt}
              />
            )}
          </Group>
          <JobProgress job={job} />
          <JobOutcome job={job} />
        </Paper>
      ))}
    </Stack>
  );
}

/** Asks again and again while the page is seen; a job that came or went has the whole page read anew. */
function useRunning(initial: readonly JobView[], path: string): readonly JobView[] {
  const router = useRouter();
  const [jobs, setJobs] = useState(initial);
  const [shown, setShown] = useState(initial);
  if (shown !== initial) {
    setShown(initial);
    setJobs(initial);
  }
  const look = useEffectEvent(async (signal: AbortSignal) => {
    if (document.hidden) return;
    const { items } = await callApi<{ items: JobView[] }>(path, { signal });
    if (idsOf(items) === idsOf(jobs)) setJobs(items);
    else router.refresh();
  });
  const busy = jobs.length > 0;
  useEffect(() => {
    const left = new AbortController();
    const timer = setInterval(() => look(left.signal).catch(() => undefined), busy ? BUSY_MS : QUIET_MS);
    return () => {
      clearInterval(timer);
      left.abort();
    };
  }, [busy]);
  return jobs;
}

function idsOf(jobs: readonly JobView[]): string {
  return jobs.map(({ id }) => id).join();
}
