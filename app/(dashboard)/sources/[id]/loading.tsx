import { Skeleton, Stack } from '@mantine/core';

/** Stands while a section of a source is being read; its head stays. */
export default function SourceSectionLoading() {
  return (
    <Stack role="status" aria-label="Loading">
      <Skeleton height={96} />
      <Skeleton height={96} />
      <Skeleton height={96} />
    </Stack>
  );
}
