'use client';

import { Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { retry } from '#app/(dashboard)/jobs/actions.ts';

/** Runs a failed run again, as a new attempt. */
export function RetryButton({ runId }: { runId: string }) {
  const router = useRouter();
  const retrying = useAction(retry);
  const again = async () => {
    if (await retrying.run({ id: runId })) router.refresh();
  };
  return (
    <>
      <Button size="compact-sm" variant="default" loading={retrying.pending} onClick={again}>
        Try again
      </Button>
      <ProblemAlert error={retrying.error} />
    </>
  );
}
