'use client';

import { Group, ProgressRoot, ProgressSection, Stack, Text } from '@mantine/core';
import { durationInWords } from '#app/_ui/duration.ts';
import { useFormat } from '#app/_ui/format.tsx';
import type { Formats } from '#app/_ui/formats.ts';
import { phaseOf } from '#app/_ui/job-phase.ts';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import type { JobView } from '#lib/jobs/jobs.ts';

/** What a job is doing: its phase, how many rows, how far, how long yet; and why it failed where it did. */
export function JobProgress({ job }: { job: JobView }) {
  const format = useFormat();
  const ended = job.completedAt !== null;
  const phase = phaseOf(job, format, Date.now());
  return (
    <Stack gap="xs">
      <Group gap="sm" justify="space-between">
        <Group gap="sm" aria-live="polite">
          <StatusBadge status={job.status} />
          {!ended && (
            <Text size="sm" suppressHydrationWarning>
              {phase}
            </Text>
          )}
        </Group>
        {!ended && (
          <Text size="sm" c="dimmed" suppressHydrationWarning>
            {countsOf(job, format)}
          </Text>
        )}
      </Group>
      {!ended && <Bar percentage={job.progress.percentage ?? null} phase={phase} />}
      {job.error && job.status !== 'running' && (
        <Text size="sm" c={colorOf(job)} style={{ overflowWrap: 'anywhere' }}>
          {job.error.message}
        </Text>
      )}
    </Stack>
  );
}

/** That a person has stopped it is no fault. */
function colorOf({ status }: JobView): string {
  return status === 'cancelled' ? 'dimmed' : 'var(--mantine-color-error)';
}

/** Moves without saying how far where the end is not known. */
function Bar({ percentage, phase }: { percentage: number | null; phase: string }) {
  const known = percentage === null ? {} : { 'aria-valuenow': percentage };
  return (
    <ProgressRoot transitionDuration={300}>
      <ProgressSection
        value={percentage ?? 100}
        animated={percentage === null}
        withAria={false}
        role="progressbar"
        aria-label={phase}
        aria-valuemin={0}
        aria-valuemax={100}
        {...known}
      />
    </ProgressRoot>
  );
}

function countsOf({ progress }: JobView, { number, locale }: Formats): string {
  const { itemsProcessed, itemsTotal, estimatedTimeRemaining } = progress;
  const total = itemsTotal ? ` of ${number(itemsTotal)}` : '';
  const rows = itemsProcessed === undefined ? [] : [`${number(itemsProcessed)}${total} rows`];
  const left = estimatedTimeRemaining ? [`${durationInWords(estimatedTimeRemaining, locale)} left`] : [];
  return [...rows, ...left].join(' · ');
}
