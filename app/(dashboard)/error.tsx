'use client';

import { Alert, Button, Stack, Text } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { startTransition } from 'react';

/** Stands where a page could not be read. What went wrong is in the log, under the digest. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset(): void }) {
  const router = useRouter();
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <Alert color="red" role="alert" title="This page cannot be shown right now">
      <Stack align="flex-start">
        <Text size="sm">
          Nothing is lost. Try again in a moment; if it stays like this, look at the environment’s health
          under Settings{error.digest && <> and quote {error.digest}</>}.
        </Text>
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      </Stack>
    </Alert>
  );
}
