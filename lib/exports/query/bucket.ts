import { type RawBuilder, sql } from 'kysely';
import { type FoundColumn, refuse } from '#lib/datasets/lookup.ts';
import { firstDaySql } from '#lib/datasets/period-sql.ts';
import { isClockUnit } from '#lib/datasets/time-units.ts';
import type { Bucket } from '#lib/exports/query/group-schema.ts';

type Sql = RawBuilder<unknown>;

/** The ends of what a date can be, which a time may be past by the clocks of a zone. */
const FIRST_DAY = sql`date '0001-01-01'`;
const FIRST_TIME = sql`timestamptz '0001-01-01 00:00Z'`;
const LAST_DAY = sql`timestamp '9999-12-31'`;

/**
 * The stretch of time that a value falls in: a timestamp for minutes and hours, else the date of its first day. An
 * hour that the clocks pass twice is two, for it is told apart by its instant. A stretch that begins before the year
 * 0001 is said to begin with it, and none begins after 9999: files could not say so.
 */
export function bucketed({ column, value }: FoundColumn, bucket: Bucket, path: string): FoundColumn {
  const { unit, zone = 'UTC', weekStart } = bucket;
  const isShort = isClockUnit(unit);
  if (column.type === 'date') {
    if (isShort) refuse(`${path}.unit`, `the column "${column.name}" holds dates, which have no ${unit}s`);
    const first = firstDaySql(sql`cast(${value} as timestamp)`, unit, weekStart);
    return { column, value: since(FIRST_DAY, first, sql`${value} >= ${FIRST_DAY}`) };
  }
  if (column.type !== 'timestamp') {
    refuse(path, `the column "${column.name}" is ${column.type}, and only times are put into buckets`);
  }
  const named = sql`cast(${zone} as text)`;
  const isOfYears = sql`${value} >= ${FIRST_TIME}`;
  if (isShort) {
    const begin = sql`date_trunc(${sql.lit(unit)}, ${value}, ${named})`;
    return { column, value: since(FIRST_TIME, begin, isOfYears) };
  }
  const local = sql`(${value} at time zone ${named})`;
  const withinYears = sql`(case when ${value} < timestamptz '10000-01-01 00:00Z' then least(${local}, ${LAST_DAY})
    else ${local} end)`;
  const first = firstDaySql(withinYears, unit, weekStart);
  return { column: { ...column, type: 'date' }, value: since(FIRST_DAY, first, isOfYears) };
}

/** A beginning that is not before the first there is, where the value itself is not. */
function since(first: Sql, begin: Sql, isOfYears: Sql): Sql {
  return sql`(case when ${isOfYears} then greatest(${begin}, ${first}) else ${begin} end)`;
}
