'use client';

import { useFormat } from '#app/_ui/format.tsx';
import type { DeletionView } from '#lib/sync/deletions/list.ts';
import { goneInWords } from './deletion-words.ts';

/** How many of how many rows are gone. */
export function GoneRows({ deletion }: { deletion: Pick<DeletionView, 'vanished' | 'present'> }) {
  const { number } = useFormat();
  return <span suppressHydrationWarning>{goneInWords(deletion, number)}</span>;
}
