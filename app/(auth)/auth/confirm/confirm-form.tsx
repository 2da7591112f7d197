'use client';

import { Button, Stack, Text, Title } from '@mantine/core';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import type { Proof } from '#lib/auth/proof.ts';
import { confirmAddress } from './actions.ts';

export function ConfirmForm({ proof, next }: { proof: Proof; next: string | undefined }) {
  const { run, pending, error } = useAction(confirmAddress);
  return (
    <Stack>
      <Title order={1} size="h3">
        Confirm your address
      </Title>
      <ProblemAlert error={error} />
      <Text>One more step: this shows that the mail has reached you.</Text>
      <Button onClick={() => run({ proof, next })} loading={pending}>
        Confirm and go on
      </Button>
    </Stack>
  );
}
