import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface NoticeProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Where to go from here. */
  readonly action?: ReactNode;
}

/** Takes the place of a form that is done with, or that cannot be offered, and says what to do next. */
export function Notice({ title, children, action }: NoticeProps) {
  return (
    <Stack role="status">
      <Title order={1} size="h3">
        {title}
      </Title>
      <Text component="div">{children}</Text>
      {action}
    </Stack>
  );
}
