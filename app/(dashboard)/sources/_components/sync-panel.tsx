'use client';

import { Box, Button, Group, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { JobProgress } from '#app/_ui/job-progress.tsx';
import { TextLink } from '#app/_ui/link.tsx';
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
  /** In the list of sources, where many stand below each other. */
  readonly isSmall?: boolean;
}

interface Started {
  readonly jobId: string | null;
  readonly runId: string | null;
  readonly dryRun: boolean;
}

/** Starts a sync or a dry run, and shows how far it is, wherever it was started. */
export function SyncPanel({ sourceId, name, jobId, mayEdit, hindrance, isSmall = false }: SyncPanelProps) {
  const router = useRouter();
  const start = useAction(syncNow);
  const cancel = useAction(cancelSync);
  const [started, setStarted] = useState<Started | null>(null);
  const current = started?.jobId ?? jobId;
  const job = useJob(current, undefined, () => router.refresh());
  const isRunning = current !== null && (job ? job.completedAt === null : current === jobId || start.pending);
  const sync = async (dryRun: boolean) => {
    const answer = await start.run({ id: sourceId, dryRun });
    if (answer) setStarted({ ...answer, dryRun });
  };
  const isStuck = isRunning || hindrance !== null;
  return (
    <Stack gap="sm" flex="1 1 auto">
      <Group gap="sm" align="center">
        {mayEdit && (
          <Button
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={() => sync(false)}
            loading={start.pending}
            disabled={isStuck}
            aria-label={`Sync now: ${name}`}
            variant={isSmall ? 'default' : 'filled'}
          >
            Sync now
          </Button>
        )}
        {mayEdit && !isSmall && (
          <Button variant="default" onClick={() => sync(true)} disabled={isStuck || start.pending}>
            Show what would change
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
      {started?.dryRun && job?.status === 'completed' && <Shown sourceId={sourceId} runId={started.runId} />}
      <ProblemAlert error={start.error ?? cancel.error} />
    </Stack>
  );
}

/** Where the outcome of a dry run is. */
function Shown({ sourceId, runId }: { sourceId: string; runId: string | null }) {
  return (
    <Text size="sm" role="status">
      Nothing was written.{' '}
      <TextLink href={`/sources/${sourceId}/runs/${runId}` as Route} inherit>
        See what would change
      </TextLink>
    </Text>
  );
}
