'use client';

import { Button, Code, CopyButton, Group, List, ListItem, Paper, Stack, Text, Title } from '@mantine/core';
import { Bytes, Count, Time } from '#app/_ui/format.tsx';
import { LoadOlderButton } from '#app/_ui/load-older-button.tsx';
import { StatusBadge } from '#app/_ui/status-badge.tsx';
import { useOlder } from '#app/_ui/use-older.ts';
import { DownloadButton } from '#app/(dashboard)/exports/_components/runs/download-button.tsx';
import type { Artifact } from '#lib/exports/artifacts.ts';
import type { ExportRun } from '#lib/exports/runs.ts';
import { CopyLinkMenu } from './copy-link-menu.tsx';

interface RunHistoryProps {
  readonly exportId: string;
  readonly first: { readonly items: readonly ExportRun[]; readonly nextCursor: string | null };
}

/** Every run, latest first: how it went and the file that it made. */
export function RunHistory({ exportId, first }: RunHistoryProps) {
  const path = `/api/exports/${exportId}/history?limit=20`;
  const { items, nextCursor, pending, error, load } = useOlder(path, first);
  return (
    <section aria-labelledby="history">
      <Title order={2} size="h4" mb="sm" id="history">
        History
      </Title>
      {items.length === 0 && <Text c="dimmed">Each run and its file will be listed here.</Text>}
      <Stack gap="sm">
        {items.map((run) => (
          <PastRun key={run.id} run={run} />
        ))}
      </Stack>
      <LoadOlderButton more={nextCursor !== null} pending={pending} error={error} onLoad={load} />
    </section>
  );
}

function PastRun({ run }: { run: ExportRun }) {
  const [file] = run.artifacts;
  return (
    <Paper withBorder p="md" component="article">
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="sm">
            <StatusBadge status={run.status} />
            <Text size="sm">
              <Time at={run.completedAt ?? run.createdAt} />
            </Text>
          </Group>
          {file && (
            <Group gap="xs">
              <DownloadButton run={run} label={file.fileName} />
              <CopyLinkMenu file={file} />
            </Group>
          )}
        </Group>
        {run.error && run.status !== 'cancelled' && (
          <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
            {run.error.message}
          </Text>
        )}
        {run.status === 'completed' && (file ? <FileFacts file={file} /> : <GoneFile />)}
        <Warnings warnings={run.warnings} />
      </Stack>
    </Paper>
  );
}

function FileFacts({ file }: { file: Artifact }) {
  return (
    <>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {file.fileName} · <Count value={file.rows} /> {file.rows === 1 ? 'row' : 'rows'} ·{' '}
        <Bytes value={file.bytes} /> ·{' '}
        <Text span inherit c="dimmed">
          kept until <Time at={file.keptUntil} />
        </Text>
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed">
          SHA-256
        </Text>
        <Code style={{ overflow: 'hidden', textOverflow: 'ellipsis' }} title={file.sha256}>
          {file.sha256}
        </Code>
        <CopyButton value={file.sha256}>
          {({ copied, copy }) => (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={copy}
              flex="none"
              aria-label={`Copy the checksum of ${file.fileName}`}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </>
  );
}

function GoneFile() {
  return (
    <Text size="sm" c="dimmed">
      Its file is no longer kept.
    </Text>
  );
}

function Warnings({ warnings }: { warnings: readonly unknown[] }) {
  if (warnings.length === 0) return null;
  return (
    <List size="sm">
      {warnings.map((warning) => (
        <ListItem key={JSON.stringify(warning)}>{warningWords(warning)}</ListItem>
      ))}
    </List>
  );
}

function warningWords(warning: unknown): string {
  if (typeof warning === 'string') return warning;
  const { message } = (warning ?? {}) as { readonly message?: unknown };
  return typeof message === 'string' ? message : JSON.stringify(warning);
}
