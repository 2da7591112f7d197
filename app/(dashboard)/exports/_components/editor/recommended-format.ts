import type { Column } from '#lib/core/columns.ts';
import type { Draft, FormatId } from './draft.ts';

interface Recommendation {
  readonly id: FormatId;
  /** Why, in a sentence. */
  readonly reason: string;
}

/** The format that fits what is asked for, as far as that is known. */
export function recommendedFormat(
  { groupBy, aggregates, pivot }: Partial<Pick<Draft, 'groupBy' | 'aggregates' | 'pivot'>>,
  columns: readonly Column[],
): Recommendation {
  if (groupBy ?? aggregates ?? pivot) {
    return { id: 'xlsx', reason: 'Your rows are figures to look at: Excel shows and charts them.' };
  }
  const nested = columns.filter(({ type }) => type === 'json').map(({ name, label }) => label ?? name);
  if (nested.length > 0) {
    return { id: 'json', reason: `${nested.join(', ')}: a table would hold these nested values as text.` };
  }
  return { id: 'csv', reason: 'Nearly every program reads it, and it has no limit of rows.' };
}
