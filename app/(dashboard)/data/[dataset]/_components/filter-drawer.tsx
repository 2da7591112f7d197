'use client';

import { Button, Drawer, Group, Skeleton, Stack } from '@mantine/core';
import dynamic from 'next/dynamic';
import type { Filter } from '#lib/datasets/filter.ts';
import type { Subject } from './view.ts';

// With a place of its own to wait in: else the whole page waits.
const FilterBuilder = dynamic(
  () => import('#app/_ui/filter-builder/filter-builder.tsx').then((module) => module.FilterBuilder),
  { loading: () => <Skeleton height={120} /> },
);

interface FilterDrawerProps {
  readonly opened: boolean;
  readonly dataset: Subject;
  readonly filter: Filter | undefined;
  onFilter(filter: Filter | undefined): void;
  onClose(): void;
}

/** Where the filter is made; the rows beside it follow at once. */
export function FilterDrawer({ opened, dataset, filter, onFilter, onClose }: FilterDrawerProps) {
  return (
    <Drawer opened={opened} onClose={onClose} position="right" size="xl" title="Filter the rows">
      <Stack>
        <FilterBuilder columns={dataset.columns} value={filter} onChange={onFilter} />
        <Group>
          <Button onClick={onClose}>Show the rows</Button>
          <Button variant="default" disabled={!filter} onClick={() => onFilter(undefined)}>
            Clear the filter
          </Button>
        </Group>
      </Stack>
    </Drawer>
  );
}
