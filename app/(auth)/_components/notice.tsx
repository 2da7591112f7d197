'use client';

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
    <Stack>
      <Title order={1} size="h3" tabIndex={-1} ref={takeFocus} style={{ outline: 'none' }}>
        {title}
      </Title>
      <Text component="div">{children}</Text>
      {action}
    </Stack>
  );
}

/** What was focused before, such as the form's button, is gone. */
function takeFocus(heading: HTMLHeadingElement | null) {
  heading?.focus();
}
