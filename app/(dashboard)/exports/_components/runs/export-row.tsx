'use client';

import { Button, Stack, Table, Text } from '@mantine/core';
import type { Route } from 'next';
import { Bytes, Count, Time } from '#app/_ui/format.tsx';
import { JobProgress } from '#app/_ui/job-progress.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import type { ExportRun } from '#lib/exports/runs.ts';
import { DownloadButton } from './download-button.tsx';
import { type RunningExport, useExportRun } from './use-export-run.ts';

/** What the list shows of an export. */
export interface ExportListItem {
  readonly id: string;
  readonly name: string;
  readonly dataset: string;
  readonly format: string;
  readonly mode: string;
  readonly lastRun: ExportRun | null;
}

/** One export of the list: what it is, how its last run went, and its running. */
export function ExportRow({ item, mayRun }: { item: ExportListItem; mayRun: boolean }) {
  const running = useExportRun(item.id, item.lastRun);
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink href={`/exports/${item.id}` as Route} fw={600}>
          {item.name}
        </TextLink>
      </Table.Td>
      <Table.Td>{item.dataset}</Table.Td>
      <Table.Td>{item.format}</Table.Td>
      <Table.Td>{item.mode}</Table.Td>
      <Table.Td miw={220}>
        <LastRun running={running} />
      </Table.Td>
      <Table.Td>
        <Stack gap={4}>
          <DownloadButton run={running.lastRun} label={item.name} />
          {mayRun && (
            <Button
              size="compact-sm"
              aria-label={`Run ${item.name}`}
              loading={running.starting || running.underWay}
              onClick={running.start}
            >
              Run
            </Button>
          )}
        </Stack>
      </Table.Td>
    </Table.Tr>
  );
}

function LastRun({ running: { job, lastRun, underWay, error } }: { running: RunningExport }) {
  if (error) {
    return (
      <Text size="sm" c="var(--mantine-color-error)" role="alert">
        {error.message}
      </Text>
    );
  }
  if (underWay && job) return <JobProgress job={job} />;
  if (!lastRun) return <Text c="dimmed">Never run</Text>;
  const [file] = lastRun.artifacts;
  return (
    <Stack gap={4} align="flex-start">
      <StatusBadge status={lastRun.status} />
      <Text size="sm">
        <Time at={lastRun.completedAt ?? lastRun.createdAt} />
      </Text>
      {file && (
        <Text size="sm" c="dimmed">
          <Count value={file.rows} /> {file.rows === 1 ? 'row' : 'rows'}, <Bytes value={file.bytes} />
        </Text>
      )}
      {lastRun.error && (
        <Text size="sm" c="var(--mantine-color-error)">
          {lastRun.error.message}
        </Text>
      )}
    </Stack>
  );
}
