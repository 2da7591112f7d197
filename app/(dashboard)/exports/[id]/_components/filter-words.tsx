'use client';

import { filterSentence } from '#app/_ui/filter-builder/filter-sentence.ts';
import { useFormat } from '#app/_ui/format.tsx';
import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';

/** A filter as a sentence, its numbers and times as the person writes them. */
export function FilterWords({ filter, columns }: { filter: Filter | undefined; columns: readonly Column[] }) {
  const format = useFormat();
  return <span suppressHydrationWarning>{filterSentence(filter, columns, format)}</span>;
}
