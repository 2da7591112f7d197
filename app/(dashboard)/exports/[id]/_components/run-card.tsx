'use client';

import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Time } from '#app/_ui/format.tsx';
import { JobProgress } from '#app/_ui/job-progress.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { DownloadButton } from '#app/(dashboard)/exports/_components/runs/download-button.tsx';
import {
  type RunningExport,
  useExportRun,
} from '#app/(dashboard)/exports/_components/runs/use-export-run.ts';
import type { ExportRun } from '#lib/exports/runs.ts';

interface RunCardProps {
  readonly exportId: string;
  readonly latest: ExportRun | null;
  readonly mayRun: boolean;
  /** The e-mail of the person whose rights a run has; null once they may not run exports any more. */
  readonly owner: string | null;
  /** What to know before a run. */
  readonly children: ReactNode;
}

/** Running the export: the start, how far it is, the end with its file. */
export function RunCard({ exportId, latest, mayRun, owner, children }: RunCardProps) {
  const running = useExportRun(exportId, latest);
  return (
    <Paper withBorder p="lg" component="section" aria-labelledby="run">
      <Stack>
        <Group justify="space-between" align="flex-start">
          <Stack gap={4}>
            <Title order={2} size="h4" id="run">
              Run
            </Title>
            <Text size="sm" c="dimmed">
              {owner
                ? `Runs with the rights of ${owner}.`
                : 'Its owner may no longer run exports in this workspace: an owner of it has to hand it over to someone, or somebody duplicates it.'}
            </Text>
          </Stack>
          <RunButtons running={running} mayRun={mayRun} />
        </Group>
        {children}
        <ProblemAlert error={running.error} />
        <Latest running={running} />
      </Stack>
    </Paper>
  );
}

function RunButtons({ running, mayRun }: { running: RunningExport; mayRun: boolean }) {
  if (!mayRun) {
    return (
      <Text size="sm" c="dimmed">
        Editors and owners can run it.
      </Text>
    );
  }
  return (
    <Group gap="sm">
      {running.underWay && (
        <Button variant="default" loading={running.cancelling} onClick={running.stop}>
          Cancel
        </Button>
      )}
      <Button loading={running.starting} disabled={running.underWay} onClick={running.start}>
        Run
      </Button>
    </Group>
  );
}

function Latest({ running: { job, lastRun, underWay } }: { running: RunningExport }) {
  if (underWay) {
    return job ? <JobProgress job={job} /> : <Text c="dimmed">Waiting for its turn</Text>;
  }
  if (!lastRun) return <Text c="dimmed">It has not run yet.</Text>;
  return (
    <Group gap="sm" aria-live="polite">
      <Text>
        {endWords[lastRun.status] ?? 'The last run ended'} <Time at={lastRun.completedAt} />
      </Text>
      <DownloadButton run={lastRun} label="the latest file" />
    </Group>
  );
}

const endWords: Readonly<Record<string, string>> = {
  completed: 'The last run was done',
  failed: 'The last run failed',
  cancelled: 'The last run was cancelled',
};
