import { Alert, Text } from '@mantine/core';
import { AdviceText } from '#app/(dashboard)/sources/_components/advice-text.tsx';
import { adviceOn } from '#lib/sources/advice.ts';

interface FailureAlertProps {
  readonly sourceId: string;
  readonly error: { readonly code: string; readonly message: string };
  readonly title: string;
}

/** Why a sync failed, in words, and what to do about it; nothing for one that a person has stopped. */
export function FailureAlert({ sourceId, error, title }: FailureAlertProps) {
  if (error.code === 'cancelled') return null;
  return (
    <Alert color="red" title={title}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {error.message}
      </Text>
      <AdviceText advice={adviceOn(error.code, sourceId)} />
    </Alert>
  );
}
