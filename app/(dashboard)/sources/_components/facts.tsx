import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A few facts in a line, each with its name. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <Group component="dl" gap="xl" m={0}>
      {children}
    </Group>
  );
}

/** One of them. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <Text component="dd" size="sm" m={0}>
        {children}
      </Text>
    </div>
  );
}
