'use client';

import { Button } from '@mantine/core';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { join } from '#app/(auth)/invitation/[token]/actions.ts';

export function JoinButton({ token, workspaceName }: { token: string; workspaceName: string }) {
  const { run, pending, error } = useAction(join);
  return (
    <>
      <ProblemAlert error={error} />
      <Button onClick={() => run({ token })} loading={pending}>
        Join {workspaceName}
      </Button>
    </>
  );
}
