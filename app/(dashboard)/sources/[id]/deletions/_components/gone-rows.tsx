'use client';

import { useFormat } from '#app/_ui/format.tsx';
import { type Gone, goneInWords } from './deletion-words.ts';

/** How many of how many rows are gone. */
export function GoneRows({ deletion }: { deletion: Gone }) {
  const { number } = useFormat();
  return <span suppressHydrationWarning>{goneInWords(deletion, number)}</span>;
}
