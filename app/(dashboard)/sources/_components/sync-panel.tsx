'use client';

import { Box, Button, Group, Stack } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { JobProgress } from '#app/_ui/job-progress.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { useJob } from '#app/_ui/use-job.ts';
import { cancelSync, syncNow } from '#app/(dashboard)/sources/actions.ts';

interface SyncPanelProps {
  readonly sourceId: string;
  readonly name: string;
  /** The job of the sync that is under way. */
  readonly jobId: string | null;
  /** Whether one may start and cancel. */
  readonly mayEdit: boolean;
  /** Why it cannot be synced. */
  readonly hindrance: string | null;
  readonly variant?: 'filled' | 'default';
}

/** Starts a sync, and shows how far it is, wherever it was started. */
export function SyncPanel({ sourceId, name, jobId, mayEdit, hindrance, variant = 'filled' }: SyncPanelProps) {
  const router = useRouter();
  const start = useAction(syncNow);
  const cancel = useAction(cancelSync);
  const [started, setStarted] = useState<string | null>(null);
  const current = started ?? jobId;
  const job = useJob(current, undefined, () => router.refresh());
  const isRunning = current !== null && (job ? job.completedAt === null : current === jobId || start.pending);
  const sync = async () => {
    const answer = await start.run({ id: sourceId });
    if (answer) setStarted(answer.jobId);
  };
  return (
    <Stack gap="sm" flex="1 1 auto">
      <Group gap="sm" align="center">
        {mayEdit && (
          <Button
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={sync}
            loading={start.pending}
            disabled={isRunning || hindrance !== null}
            aria-label={`Sync now: ${name}`}
            variant={variant}
          >
            Sync now
          </Button>
        )}
        {mayEdit && isRunning && current && (
          <Button
            variant="default"
            onClick={() => cancel.run({ jobId: current })}
            loading={cancel.pending}
            aria-label={`Cancel the sync of ${name}`}
          >
            Cancel
          </Button>
        )}
        {job && job.status !== 'failed' && (
          <Box flex="1 1 240px" maw={480}>
            <JobProgress job={job} />
          </Box>
        )}
      </Group>
      <ProblemAlert error={start.error ?? cancel.error} />
    </Stack>
  );
}
