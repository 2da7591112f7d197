'use client';

import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ExportRun } from '#lib/exports/runs.ts';

interface DownloadButtonProps {
  readonly run: ExportRun | null;
  /** What the file is of, for those who hear the button's name alone. */
  readonly label: string;
}

/** A link to the file of a run; nothing where there is none, or no longer. */
export function DownloadButton({ run, label }: DownloadButtonProps) {
  const [file] = run?.artifacts ?? [];
  return file ? <DownloadLink url={file.url} label={label} /> : null;
}

interface DownloadLinkProps {
  readonly url: string;
  readonly label: string;
}

/** A link to a file that looks like a button. */
export function DownloadLink({ url, label }: DownloadLinkProps) {
  return (
    <Button
      component="a"
      href={url}
      download
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={14} aria-hidden />}
      aria-label={`Download ${label}`}
    >
      Download
    </Button>
  );
}
