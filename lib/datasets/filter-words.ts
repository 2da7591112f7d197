import type { Condition, Filter } from './filter.ts';

/**
 * A filter in words that need nothing but the filter itself, for whoever reads a file's manifest:
 * `state eq "AK" and not (city isNull)`.
 */
export function filterWords(filter: Filter): string {
  if ('and' in filter) return joined(filter.and, 'and');
  if ('or' in filter) return joined(filter.or, 'or');
  if ('not' in filter) return `not (${filterWords(filter.not)})`;
  return conditionWords(filter);
}

function joined(filters: readonly Filter[], word: string): string {
  return filters
    .map((filter) => ('and' in filter || 'or' in filter ? `(${filterWords(filter)})` : filterWords(filter)))
    .join(` ${word} `);
}

function conditionWords({ field, op, value, ...how }: Condition): string {
  const words = value === undefined ? [field, op] : [field, op, JSON.stringify(value)];
  const further = Object.entries(how).map(([name, given]) => `${name} ${String(given)}`);
  return further.length === 0 ? words.join(' ') : `${words.join(' ')} (${further.join(', ')})`;
}
