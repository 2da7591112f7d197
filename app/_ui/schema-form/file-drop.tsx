'use client';

import { Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core';
import { IconFileCheck, IconUpload } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { Bytes } from '#app/_ui/format.tsx';
import classes from './file-drop.module.css';
import { uploadedFile, useUpload } from './use-upload.ts';

interface FileDropProps {
  /** The id of the file that is there already. */
  readonly upload: string | null;
  onUploaded(id: string): void;
}

/** Takes a file by drag and drop or by a button, and sends it with its progress. */
export function FileDrop({ upload, onUploaded }: FileDropProps) {
  const [isOver, setOver] = useState(false);
  const { state, start, cancel } = useUpload(onUploaded);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) void start(file);
  };
  return (
    <section
      aria-label="File"
      className={classes.area}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack gap="sm" aria-live="polite">
        {state.status === 'sending' && (
          <Sending file={state.file} sentBytes={state.sentBytes} onCancel={cancel} />
        )}
        {state.status === 'failed' && (
          <Group justify="space-between">
            <Text size="sm" c="var(--mantine-color-error)">
              {state.message}
            </Text>
            <Button size="xs" onClick={() => start(state.file)}>
              Try again
            </Button>
          </Group>
        )}
        {state.status !== 'sending' && <Choose upload={upload} onFile={start} />}
      </Stack>
    </section>
  );
}

function Choose({ upload, onFile }: { upload: string | null; onFile(file: File): void }) {
  const known = uploadedFile(upload);
  return (
    <Group justify="space-between">
      <Group gap="sm" wrap="nowrap" miw={0}>
        {upload ? <IconFileCheck aria-hidden /> : <IconUpload aria-hidden />}
        <Text style={{ overflowWrap: 'anywhere' }}>
          {upload ? (known?.name ?? 'A file is uploaded.') : 'Drop a file here, or choose one.'}{' '}
          {known && (
            <Text span c="dimmed" size="sm">
              <Bytes value={known.bytes} />, uploaded
            </Text>
          )}
        </Text>
      </Group>
      <FileButton onChange={(file) => file && onFile(file)} inputProps={{ 'aria-label': 'File' }}>
        {(props) => (
          <Button {...props} variant="default">
            {upload ? 'Choose another file' : 'Choose a file'}
          </Button>
        )}
      </FileButton>
    </Group>
  );
}

interface SendingProps {
  readonly file: File;
  readonly sentBytes: number;
  onCancel(): void;
}

function Sending({ file, sentBytes, onCancel }: SendingProps) {
  return (
    <>
      <Group justify="space-between">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {file.name}: <Bytes value={sentBytes} /> of <Bytes value={file.size} /> sent
        </Text>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel upload
        </Button>
      </Group>
      <Progress value={(100 * sentBytes) / Math.max(file.size, 1)} aria-label="Upload" />
    </>
  );
}
