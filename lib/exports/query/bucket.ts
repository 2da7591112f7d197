import { type RawBuilder, sql } from 'kysely';
import { type FoundColumn, refuse } from '#lib/datasets/lookup.ts';
import type { Bucket } from '#lib/exports/query/group-schema.ts';

/**
 * The stretch of time that a value falls in: a timestamp for minutes and hours, else the date of its first day. An
 * hour that the clocks pass twice is two, for it is told apart by its instant.
 */
export function bucketed({ column, value }: FoundColumn, bucket: Bucket, path: string): FoundColumn {
  const { unit, zone = 'UTC' } = bucket;
  const isShort = unit === 'minute' || unit === 'hour';
  if (column.type === 'date') {
    if (isShort) refuse(`${path}.unit`, `the column "${column.name}" holds dates, which have no ${unit}s`);
    return { column, value: firstDay(sql`cast(${value} as timestamp)`, bucket) };
  }
  if (column.type !== 'timestamp') {
    refuse(path, `the column "${column.name}" is ${column.type}, and only times are put into buckets`);
  }
  const named = sql`cast(${zone} as text)`;
  if (isShort) return { column, value: sql`date_trunc(${sql.lit(unit)}, ${value}, ${named})` };
  return {
    column: { ...column, type: 'date' },
    value: firstDay(sql`${value} at time zone ${named}`, bucket),
  };
}

function firstDay(local: RawBuilder<unknown>, { unit, weekStart }: Bucket): RawBuilder<unknown> {
  if (unit !== 'week' || weekStart !== 'sunday') {
    return sql`cast(date_trunc(${sql.lit(unit)}, ${local}) as date)`;
  }
  return sql`cast(date_trunc('week', ${local} + interval '1 day') as date) - 1`;
}
