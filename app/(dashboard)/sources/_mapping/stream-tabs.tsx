'use client';

import { Tabs, TabsList, TabsPanel, TabsTab } from '@mantine/core';
import type { ReactNode } from 'react';

interface StreamTabsProps {
  readonly names: readonly string[];
  children(name: string): ReactNode;
}

/** One tab a stream; a source's only stream needs none. */
export function StreamTabs({ names, children }: StreamTabsProps) {
  const [first = '', ...others] = names;
  if (others.length === 0) return children(first);
  return (
    <Tabs defaultValue={first} keepMounted={false}>
      <TabsList mb="md">
        {names.map((name) => (
          <TabsTab key={name} value={name}>
            {name}
          </TabsTab>
        ))}
      </TabsList>
      {names.map((name) => (
        <TabsPanel key={name} value={name}>
          {children(name)}
        </TabsPanel>
      ))}
    </Tabs>
  );
}
