'use client';

import { Button, Group, Text } from '@mantine/core';
import { filterSentence } from '#app/_ui/filter-builder/filter-sentence.ts';
import { useFormat } from '#app/_ui/format.tsx';
import type { RowCount } from '#lib/datasets/estimate.ts';
import type { Subject, View } from './view.ts';

interface StatusLineProps {
  readonly dataset: Subject;
  readonly view: View;
  /** Undefined until it is known, null where it cannot be. */
  readonly count: RowCount | null | undefined;
  onView(change: Partial<View>): void;
}

/** How many rows there are, and of which filter. */
export function StatusLine({ dataset, view: { filter, search }, count, onView }: StatusLineProps) {
  const formats = useFormat();
  return (
    <Group gap="sm" mih={30} align="flex-start">
      <Text size="sm" c="dimmed" aria-live="polite" suppressHydrationWarning>
        {count ? rowsInWords(count, formats.number) : count === undefined && 'Counting…'}
      </Text>
      {filter && (
        <Group gap="xs" align="flex-start" style={{ flex: '1 1 16rem' }}>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }} suppressHydrationWarning>
            where {filterSentence(filter, dataset.columns, formats)}
          </Text>
          <Button size="compact-sm" variant="subtle" onClick={() => onView({ filter: undefined })}>
            Clear the filter
          </Button>
        </Group>
      )}
      {search && (
        <Text size="xs" c="dimmed">
          An export takes the filter and the sort with it, not the search.
        </Text>
      )}
    </Group>
  );
}

function rowsInWords({ total, isExact }: RowCount, number: (value: number) => string): string {
  const rows = total === 1 ? '1 row' : `${number(total)} rows`;
  return isExact ? rows : `About ${rows}`;
}
