import { Alert, Text } from '@mantine/core';
import { TextLink } from '#app/_ui/link.tsx';
import { adviceOn } from '#app/(dashboard)/sources/_components/advice.ts';

interface FailureAlertProps {
  readonly sourceId: string;
  readonly error: { readonly code: string; readonly message: string };
  readonly title: string;
}

/** Why a sync failed, in words, and what to do about it; nothing for one that a person has stopped. */
export function FailureAlert({ sourceId, error, title }: FailureAlertProps) {
  if (error.code === 'cancelled') return null;
  const { text, href } = adviceOn(error.code, sourceId);
  return (
    <Alert color="red" title={title}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {error.message}
      </Text>
      <Text size="sm" mt={4}>
        {href ? (
          <TextLink href={href} size="sm">
            {text}
          </TextLink>
        ) : (
          text
        )}
      </Text>
    </Alert>
  );
}
