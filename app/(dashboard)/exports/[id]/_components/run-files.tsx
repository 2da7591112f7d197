'use client';

import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Bytes, Count, Time } from '#app/_ui/format.tsx';
import { DownloadLink } from '#app/(dashboard)/exports/_components/runs/download-button.tsx';
import type { Artifact } from '#lib/exports/artifacts.ts';
import { CopyLinkMenu } from './copy-link-menu.tsx';

/** So many files are shown before the rest is asked for. */
const FILES_SHOWN = 3;

/** The files of a run, each with its counts, its checksum and until when it is kept. */
export function RunFiles({ files }: { files: readonly Artifact[] }) {
  const [all, { open }] = useDisclosure(false);
  const shown = all ? files : files.slice(0, FILES_SHOWN);
  return (
    <Stack gap="sm">
      {files.length > 1 && <Sums files={files} />}
      {shown.map((file) => (
        <RunFile key={file.id} file={file} />
      ))}
      {shown.length < files.length && (
        <Button size="compact-sm" variant="default" onClick={open} style={{ alignSelf: 'flex-start' }}>
          Show all {files.length} files
        </Button>
      )}
    </Stack>
  );
}

function Sums({ files }: { files: readonly Artifact[] }) {
  const sum = (of: 'rows' | 'bytes') => files.reduce((total, file) => total + file[of], 0);
  return (
    <Text size="sm">
      <Count value={files.length} /> files · <Count value={sum('rows')} /> rows ·{' '}
      <Bytes value={sum('bytes')} />
    </Text>
  );
}

function RunFile({ file }: { file: Artifact }) {
  return (
    <Stack gap={4}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {file.fileName} · <Count value={file.rows} /> {file.rows === 1 ? 'row' : 'rows'} ·{' '}
          <Bytes value={file.bytes} /> ·{' '}
          <Text span inherit c="dimmed">
            kept until <Time at={file.keptUntil} />
          </Text>
        </Text>
        <Group gap="xs">
          <DownloadLink url={file.url} label={file.fileName} />
          <CopyLinkMenu file={file} />
        </Group>
      </Group>
      <Checksum file={file} />
    </Stack>
  );
}

function Checksum({ file }: { file: Artifact }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="xs" c="dimmed" flex="none">
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
  );
}
