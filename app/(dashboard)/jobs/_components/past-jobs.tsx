'use client';

import { Group, Paper, Stack, Text } from '@mantine/core';
import type { Route } from 'next';
import { durationInWords } from '#app/_ui/duration.ts';
import { Time, useFormat } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import { useOlder } from '#app/_ui/use-older.ts';
import type { JobView } from '#lib/jobs/jobs.ts';
import { RetryJobButton } from './job-action-button.tsx';
import { JobOutcome } from './job-outcome.tsx';
import { JobTitle } from './job-title.tsx';
import { canRetry, titleOf } from './job-words.ts';

interface PastJobsProps {
  readonly first: { readonly items: readonly JobView[]; readonly nextCursor: string | null };
  /** The list of the API that they come from. */
  readonly path: string;
  /** Those that have been taken up again since they were loaded. */
  readonly running: readonly string[];
  readonly mayRetry: boolean;
}

/** The jobs that have ended, latest first: what each did, or why it failed. */
export function PastJobs({ first, path, running, mayRetry }: PastJobsProps) {
  const { items, nextCursor, pending, error, load } = useOlder(path, first);
  return (
    <>
      <Stack gap="sm">
        {items
          .filter(({ id }) => !running.includes(id))
          .map((job) => (
            <PastJob key={job.id} job={job} mayRetry={mayRetry} />
          ))}
      </Stack>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load} />
    </>
  );
}

function PastJob({ job, mayRetry }: { job: JobView; mayRetry: boolean }) {
  const failed = job.status === 'failed';
  return (
    <Paper withBorder p="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} miw={0} flex="1 1 14rem">
          <Group gap="sm">
            <JobTitle job={job} />
            <StatusBadge status={job.status} />
          </Group>
          {failed && job.error && (
            <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
              {job.error.message}
            </Text>
          )}
          <JobOutcome job={job} />
          <Text size="sm" c="dimmed">
            <Time at={job.createdAt} />
            <TookTime job={job} />
            {job.retriedBy && (
              <>
                {' · '}
                <TextLink href={`/jobs/${job.retriedBy}` as Route} aria-label={`${titleOf(job)}: run again`}>
                  run again
                </TextLink>
              </>
            )}
          </Text>
        </Stack>
        {canRetry(job) && mayRetry && <RetryJobButton jobId={job.id} of={titleOf(job)} size="xs" />}
      </Group>
    </Paper>
  );
}

function TookTime({ job: { startedAt, completedAt } }: { job: JobView }) {
  const { locale } = useFormat();
  if (!startedAt || !completedAt) return null;
  return ` · took ${durationInWords(Date.parse(completedAt) - Date.parse(startedAt), locale)}`;
}
