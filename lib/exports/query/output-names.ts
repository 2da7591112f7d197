import { freeName } from '#lib/datasets/names.ts';
import type { Aggregate } from '#lib/exports/query/aggregate-schema.ts';
import type { GroupKey } from '#lib/exports/query/group-schema.ts';

/** What the outputs of a query that groups are called, those of the groups first; each name once. */
export function outputNames(keys: readonly GroupKey[], aggregates: readonly Aggregate[]): string[] {
  return distinct([...keys.map(keyName), ...aggregates.map(aggregateName)]);
}

/** The names with a number behind each that came before. */
export function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const free = freeName(name, taken);
    taken.add(free);
    return free;
  });
}

/** `region`, `posted_at_month`. */
function keyName({ field, bucket }: GroupKey): string {
  return bucket ? `${field}_${bucket.unit}` : field;
}

/** `count`, `sum_total`, `p95_total`, `count_distinct_sku`. */
function aggregateName({ function: name, field, percentile = 0 }: Aggregate): string {
  const words = { percentile: `p${hundredfold(percentile)}`, countDistinct: 'count_distinct' };
  const word = name === 'percentile' || name === 'countDistinct' ? words[name] : name;
  return field === undefined ? word : `${word}_${field}`;
}

/** 0.07 times a hundred is 7, not 7.000000000000001. */
function hundredfold(share: number): string {
  return String(Number((share * 100).toPrecision(12)));
}
