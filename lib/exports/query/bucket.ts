import { sql } from 'kysely';
import { type FoundColumn, refuse } from '#lib/datasets/lookup.ts';
import { firstDaySql } from '#lib/datasets/period-sql.ts';
import { isClockUnit } from '#lib/datasets/time-units.ts';
import type { Bucket } from '#lib/exports/query/group-schema.ts';

/**
 * The stretch of time that a value falls in: a timestamp for minutes and hours, else the date of its first day. An
 * hour that the clocks pass twice is two, for it is told apart by its instant.
 */
export function bucketed({ column, value }: FoundColumn, bucket: Bucket, path: string): FoundColumn {
  const { unit, zone = 'UTC', weekStart } = bucket;
  const isShort = isClockUnit(unit);
  if (column.type === 'date') {
    if (isShort) refuse(`${path}.unit`, `the column "${column.name}" holds dates, which have no ${unit}s`);
    return { column, value: firstDaySql(sql`cast(${value} as timestamp)`, unit, weekStart) };
  }
  if (column.type !== 'timestamp') {
    refuse(path, `the column "${column.name}" is ${column.type}, and only times are put into buckets`);
  }
  const named = sql`cast(${zone} as text)`;
  if (isShort) return { column, value: sql`date_trunc(${sql.lit(unit)}, ${value}, ${named})` };
  return {
    column: { ...column, type: 'date' },
    value: firstDaySql(sql`(${value} at time zone ${named})`, unit, weekStart),
  };
}
