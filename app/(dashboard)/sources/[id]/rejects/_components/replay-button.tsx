'use client';

import { Button, Group, Stack } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { hasEnded } from '#app/_ui/follow-job.ts';
import { JobProgress } from '#app/_ui/job-progress.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { useJob } from '#app/_ui/use-job.ts';
import { replayRejects } from '#app/(dashboard)/sources/actions.ts';

/** Maps the parked rows once more, and shows how far that is. */
export function ReplayButton({ sourceId, disabled }: { sourceId: string; disabled: boolean }) {
  const router = useRouter();
  const { run, pending, error } = useAction(replayRejects);
  const [jobId, setJobId] = useState<string | null>(null);
  const job = useJob(jobId, undefined, () => router.refresh());
  const isRunning = jobId !== null && !(job && hasEnded(job));
  const replay = async () => {
    const answer = await run({ id: sourceId });
    if (answer) setJobId(answer.jobId);
  };
  return (
    <Stack gap="sm">
      <Group>
        <Button onClick={replay} loading={pending} disabled={disabled || isRunning}>
          Replay
        </Button>
      </Group>
      {job && <JobProgress job={job} />}
      <ProblemAlert error={error} />
    </Stack>
  );
}
