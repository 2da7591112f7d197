import { Anchor, Stack, Text } from '@mantine/core';
import type { Route } from 'next';
import { Bytes, Count, Time } from '#app/_ui/format.tsx';
import { TextLink } from '#app/_ui/link.tsx';
import type { LatestFile } from './standing.ts';

/** The files that were made last, to download. */
export function Files({ files }: { files: readonly LatestFile[] }) {
  if (files.length === 0)
    return <Text c="dimmed">No file is kept at the moment: run an export to make one.</Text>;
  return files.map(({ id, url, fileName, rows, bytes, exportId, exportName, madeAt }) => (
    <Stack key={id} gap={0}>
      <Anchor href={url} download fw={500} style={{ overflowWrap: 'anywhere' }}>
        {fileName}
      </Anchor>
      <Text size="sm" c="dimmed">
        <Count value={rows} /> {rows === 1 ? 'row' : 'rows'}, <Bytes value={bytes} />, from{' '}
        <TextLink href={`/exports/${exportId}` as Route} inherit>
          {exportName}
        </TextLink>
        , <Time at={madeAt} />
      </Text>
    </Stack>
  ));
}
