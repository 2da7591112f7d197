'use client';

import { Text } from '@mantine/core';
import { useFormat } from '#app/_ui/format.tsx';
import type { ReplayPreview } from '#lib/sources/replay-preview.ts';
import { verdictOf } from './reject-words.ts';

type Verdict = Pick<ReplayPreview, 'stream' | 'parked' | 'tried' | 'taken'>;

/** How many of a stream's parked rows would be taken. */
export function ReplayVerdict({ preview }: { preview: Verdict }) {
  const { number } = useFormat();
  return (
    <Text size="sm" fw={600} suppressHydrationWarning>
      {preview.stream}: {verdictOf(preview, number)}
    </Text>
  );
}
