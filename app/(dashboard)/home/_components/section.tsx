import { Group, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Where all of it is. */
  readonly more?: ReactNode;
}

/** One part of the home page under its heading. */
export function Section({ title, children, more }: SectionProps) {
  return (
    <Paper withBorder p="md" component="section">
      <Group justify="space-between" align="flex-start" wrap="nowrap" mb="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {more}
      </Group>
      <Stack gap="sm">{children}</Stack>
    </Paper>
  );
}
