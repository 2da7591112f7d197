import { isNumeric } from '#lib/core/columns.ts';
import { type ColumnLookup, refuse } from '#lib/datasets/lookup.ts';
import type { RelatedColumns } from '#lib/datasets/related.ts';
import type { Aggregate } from '#lib/exports/query/aggregate-schema.ts';
import type { Output } from '#lib/exports/query/columns.ts';
import type { Query } from '#lib/exports/query/schema.ts';

/** These come out the same however often a value is repeated. */
const unmoved: readonly Aggregate['function'][] = ['min', 'max', 'countDistinct'];

/**
 * Refuses an aggregate that would count a value several times: beside the lines of an order the order's total is there
 * once a line. To be called once everything that the query names was looked up.
 */
export function requireEachOnce(
  { aggregates = [], pivot }: Omit<Query, 'dataset'>,
  related: RelatedColumns,
): void {
  const many = related.manyPath();
  if (many === '') return;
  if (pivot) requireOnce(pivot.value, many, related, 'pivot.value');
  for (const [place, aggregate] of aggregates.entries()) {
    requireOnce(aggregate, many, related, `aggregates.${place}`);
  }
}

function requireOnce(
  { function: name, field }: Aggregate,
  many: string,
  related: RelatedColumns,
  path: string,
): void {
  if (unmoved.includes(name)) return;
  if (field === undefined) {
    refuse(
      path,
      `a row is there once for each of its "${many}": count a column of "${many}", or distinct values`,
    );
  }
  if (related.manyPathOf(field) === many) return;
  refuse(path, `"${field}" would be counted once for each of "${many}": ask for it without them`);
}

/** Marks the numbers that stand beside each of a row's many related ones: whoever adds them up counts them as often. */
export function markRepeated(outputs: readonly Output[], related: RelatedColumns): readonly Output[] {
  const many = related.manyPath();
  if (many === '') return outputs;
  return outputs.map(({ column, value }) => {
    const isRepeated = isNumeric(column.type) && related.manyPathOf(column.source) !== many;
    return { column: isRepeated ? { ...column, repeatedFor: many } : column, value };
  });
}

/** Looks up what each row has one value of, to sort by; refuses what only several rows in its place could say. */
export function valuesOfOne(related: RelatedColumns): ColumnLookup {
  const many = related.manyPath();
  return (name, path) => {
    const found = related.columnOf(name, path);
    const further = related.manyPath();
    if (further === many) return found;
    refuse(
      path,
      `a row has many "${further}", each with its own "${name}": choose a column of "${further}" too, or sort by another`,
    );
  };
}
