import type { FormatChoice } from '#lib/exports/formats/registry.ts';
import type { SortKey } from '#lib/exports/query/schema.ts';

interface Sorted {
  readonly sort: readonly SortKey[];
  readonly format: FormatChoice;
}

/** What the file is grouped by: the rows of a group have to follow one another. */
export function groupedBy({ format }: Pick<Sorted, 'format'>): readonly string[] {
  return format.type === 'json' ? format.options.groupBy : [];
}

/** Whether rows come group by group by their own sort already. */
export function sortsGroups({ sort, format }: Sorted): boolean {
  return groupedBy({ format }).every((field, place) => sort[place]?.field === field);
}
