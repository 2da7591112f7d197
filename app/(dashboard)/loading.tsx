import { Skeleton, Stack } from '@mantine/core';

/** Stands while a page is being read, at the places that its parts will take. */
export default function PageLoading() {
  return (
    <Stack role="status" aria-label="Loading">
      <Skeleton height={32} width={240} />
      <Skeleton height={20} maw={480} />
      <Skeleton height={320} mt="md" />
    </Stack>
  );
}
