'use client';

import { Group, Paper, Stack, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { callApi } from '#app/_ui/call-api.ts';
import { JobProgress } from '#app/_ui/job-progress.tsx';
import { CancelJobButton, RetryJobButton } from '#app/(dashboard)/jobs/_components/job-action-button.tsx';
import { JobOutcome } from '#app/(dashboard)/jobs/_components/job-outcome.tsx';
import { JobTitle } from '#app/(dashboard)/jobs/_components/job-title.tsx';
import { canRetry, titleOf } from '#app/(dashboard)/jobs/_components/job-words.ts';
import type { JobView } from '#lib/jobs/jobs.ts';

interface JobPartsProps {
  readonly job: JobView;
  /** As they were when the page was read, latest first. */
  readonly parts: readonly JobView[];
  readonly mayEdit: boolean;
}

/** The parts of a job in their order, each as it is now: whenever one changes, so does the whole. */
export function JobParts({ job, parts: initial, mayEdit }: JobPartsProps) {
  const parts = useParts(job, initial);
  if (parts.length === 0) return null;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Parts
      </Title>
      <Stack gap="sm">
        {parts.toReversed().map((part) => (
          <Paper key={part.id} withBorder p="md">
            <Group justify="space-between" mb="xs" wrap="nowrap" align="flex-start">
              <JobTitle job={part} />
              {mayEdit && <PartAction part={part} />}
            </Group>
            <JobProgress job={part} />
            <JobOutcome job={part} />
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

function PartAction({ part }: { part: JobView }) {
  const button = { jobId: part.id, of: titleOf(part), size: 'xs' };
  if (canRetry(part)) return <RetryJobButton {...button} follow />;
  if (part.completedAt !== null) return null;
  return <CancelJobButton {...button} disabled={part.cancelRequestedAt !== null} />;
}

function useParts({ id, version, children }: JobView, initial: readonly JobView[]): readonly JobView[] {
  const [latest, setLatest] = useState({ parts: initial, version });
  const isOld = children !== null && latest.version !== version;
  useEffect(() => {
    if (!isOld) return;
    const left = new AbortController();
    callApi<{ items: JobView[] }>(`/api/jobs?parent=${id}&limit=100`, { signal: left.signal })
      .then(({ items }) => setLatest({ parts: items, version }))
      .catch(() => undefined);
    return () => left.abort();
  }, [id, version, isOld]);
  return latest.parts;
}
