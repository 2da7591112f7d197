'use client';

import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import type { ActionError } from '#lib/api/action.ts';

interface LoadOlderButtonProps {
  readonly more: boolean;
  readonly pending: boolean;
  readonly error: ActionError | null;
  onLoad(): void;
  readonly children?: ReactNode;
}

/** Stands below a list while there is more of it. */
export function LoadOlderButton({
  more,
  pending,
  error,
  onLoad,
  children = 'Load older',
}: LoadOlderButtonProps) {
  if (!more) return null;
  return (
    <Stack align="center" mt="md">
      <ProblemAlert error={error} />
      <Button variant="default" loading={pending} onClick={onLoad}>
        {children}
      </Button>
    </Stack>
  );
}
