'use client';

import { Group, ProgressRoot, ProgressSection, Text } from '@mantine/core';
import { Time, useFormat } from '#app/_ui/format.tsx';
import type { Quota } from '#lib/sources/quota.ts';
import { nameOf, percentOf, usedInWords } from './quota-words.ts';

/** What is used of one window of a limit, and when all of it is free again. */
export function QuotaBar({ window }: { window: Quota['windows'][number] }) {
  const { number } = useFormat();
  const percent = percentOf(window);
  const used = usedInWords(window, number);
  return (
    <div>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{nameOf(window)}</Text>
        <Text size="sm" c="dimmed" suppressHydrationWarning>
          {used}
          {window.resetsAt && (
            <>
              , all free at <Time at={window.resetsAt} />
            </>
          )}
        </Text>
      </Group>
      <ProgressRoot mt={4}>
        <ProgressSection
          value={percent}
          color={percent === 100 ? 'red.9' : 'indigo.8'}
          withAria={false}
          role="meter"
          aria-label={nameOf(window)}
          aria-valuemin={0}
          aria-valuemax={window.limit}
          aria-valuenow={Math.min(window.used, window.limit)}
          aria-valuetext={used}
          suppressHydrationWarning
        />
      </ProgressRoot>
    </div>
  );
}
