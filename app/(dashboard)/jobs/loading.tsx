import { Skeleton, Stack } from '@mantine/core';

export default function JobsLoading() {
  return (
    <Stack role="status" aria-label="Loading">
      <Skeleton height={32} width={120} />
      <Skeleton height={20} maw={400} />
      <Skeleton height={90} mt="md" />
      <Skeleton height={90} />
      <Skeleton height={90} />
    </Stack>
  );
}
