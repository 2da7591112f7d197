'use client';

import { Group, Progress, Stack, Text } from '@mantine/core';
import { useFormat } from '#app/_ui/format.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import type { JobView } from '#lib/jobs/jobs.ts';

const phases: Readonly<Record<string, string>> = {
  preparing: 'Preparing',
  reading: 'Reading the source',
  writing: 'Writing the rows',
  filtering: 'Reading the rows',
  formatting: 'Writing the file',
  uploading: 'Storing the file',
  finalizing: 'Finishing',
};

const FULL_PERCENT = 100;

/** What a job is doing: its phase, how many rows, how far. The bar moves without numbers where the end is unknown. */
export function JobProgress({ job }: { job: JobView }) {
  const format = useFormat();
  const { itemsProcessed, itemsTotal, percentage, currentPhase } = job.progress;
  const ended = job.completedAt !== null;
  const known = ended || typeof percentage === 'number';
  const total = itemsTotal ? ` of ${format.number(itemsTotal)}` : '';
  return (
    <Stack gap="xs" aria-live="polite">
      <Group gap="sm" justify="space-between">
        <Group gap="sm">
          <StatusBadge status={job.status} />
          {!ended && <Text size="sm">{phases[currentPhase ?? ''] ?? 'Waiting for its turn'}</Text>}
        </Group>
        {itemsProcessed !== undefined && (
          <Text size="sm" c="dimmed" suppressHydrationWarning>
            {format.number(itemsProcessed)}
            {total} rows
          </Text>
        )}
      </Group>
      {!ended && (
        <Progress
          value={known ? (percentage ?? 0) : FULL_PERCENT}
          animated={!known}
          striped={!known}
          aria-label="Progress"
        />
      )}
      {job.error && (
        <Text size="sm" c="var(--mantine-color-error)">
          {job.error.message}
        </Text>
      )}
    </Stack>
  );
}
