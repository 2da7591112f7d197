import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';
import { type ColumnLookup, refuse } from '#lib/datasets/lookup.ts';
import type { Aggregate } from '#lib/exports/query/aggregate-schema.ts';
import type { GroupKey } from '#lib/exports/query/group-schema.ts';

/** Of amounts in several currencies these mean something still. */
const counting: readonly Aggregate['function'][] = ['count', 'countDistinct'];

/**
 * Refuses to reckon with amounts of several currencies: those of a column that names its currency are put together
 * within one currency alone, because it is grouped by, or because the filter lets no other through. Gives the key that
 * tells the currencies of what comes out apart.
 */
export function requireOneCurrency(
  { function: name, field }: Aggregate,
  { keys, filter }: { readonly keys: readonly GroupKey[]; readonly filter?: Filter | undefined },
  columnOf: ColumnLookup,
  path: string,
): string | undefined {
  if (field === undefined || counting.includes(name)) return undefined;
  const currency = severalOf(columnOf(field, `${path}.field`).column, filter);
  if (currency === undefined || keys.some((key) => key.field === currency)) return currency;
  refuse(
    path,
    `"${name}" of "${field}" would mix amounts of several currencies: group by "${currency}" too, or filter for one`,
  );
}

/** The column that names the currencies of amounts, where the filter lets several through. */
export function severalOf({ currency }: Pick<Column, 'currency'>, filter?: Filter): string | undefined {
  return currency === undefined || (filter && allowsOne(filter, currency)) ? undefined : currency;
}

function allowsOne(filter: Filter, currency: string): boolean {
  if ('and' in filter) return filter.and.some((part) => allowsOne(part, currency));
  if (!('field' in filter) || filter.field !== currency) return false;
  const { op, value } = filter;
  return op === 'eq' || (op === 'in' && [value].flat().length === 1);
}
