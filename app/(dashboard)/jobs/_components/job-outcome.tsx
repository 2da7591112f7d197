'use client';

import { Anchor, Stack, Text } from '@mantine/core';
import { Bytes, Count, useFormat } from '#app/_ui/format.tsx';
import type { JobView } from '#lib/jobs/jobs.ts';
import { countsInWords, countsOf, filesOf, partsInWords } from './job-words.ts';

/** What a job did, in words: its counts, how its parts stand, its files. */
export function JobOutcome({ job }: { job: JobView }) {
  const format = useFormat();
  const counts = countsOf(job);
  const files = filesOf(job);
  const parts = partsInWords(job);
  if (!counts && !parts && files.length === 0) return null;
  return (
    <Stack gap={2}>
      {counts && (
        <Text size="sm" suppressHydrationWarning>
          {countsInWords(counts, format.number)}
        </Text>
      )}
      {parts && <Text size="sm">{parts}</Text>}
      {files.map(({ id, fileName, rows, bytes, url }) => (
        <Text key={id} size="sm">
          <Anchor href={url} download style={{ overflowWrap: 'anywhere' }}>
            {fileName}
          </Anchor>{' '}
          <Text span c="dimmed">
            <Count value={rows} /> {rows === 1 ? 'row' : 'rows'}, <Bytes value={bytes} />
          </Text>
        </Text>
      ))}
    </Stack>
  );
}
