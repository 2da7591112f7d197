import { type RawBuilder, sql } from 'kysely';
import { type Period, spanOf } from './period.ts';
import { isClockUnit, type TimeUnit, type WeekStart } from './time-units.ts';

type Sql = RawBuilder<unknown>;

/** The date of the first day of the unit, not shorter than a day, in which a local time is. */
export function firstDaySql(local: Sql, unit: TimeUnit, weekStart: WeekStart = 'monday'): Sql {
  if (unit !== 'week' || weekStart === 'monday') {
    return sql`cast(date_trunc(${sql.lit(unit)}, ${local}) as date)`;
  }
  return sql`cast(date_trunc('week', ${local} + interval '1 day') as date) - 1`;
}

/** The beginning of a period, and the moment after its end, by the clocks of a zone: times, or dates where `asDates`. */
export interface PeriodBounds {
  readonly from: Sql;
  readonly before: Sql;
}

/** The bounds of a period by the time at which the transaction began, and the clocks of `zone`. */
export function periodBounds(period: Period, zone: string, asDates: boolean): PeriodBounds {
  const { unit, start, units } = spanOf(period);
  const named = sql`cast(${zone} as text)`;
  const moved = (by: number) =>
    sql`cast(${unit === 'quarter' ? `${3 * by} months` : `${by} ${unit}`} as interval)`;
  const at = (by: number): Sql => {
    if (isClockUnit(unit)) return sql`(date_trunc(${sql.lit(unit)}, now(), ${named}) + ${moved(by)})`;
    const first = firstDaySql(sql`(now() at time zone ${named})`, unit, period.weekStart);
    const local = sql`(${first} + ${moved(by)})`;
    return asDates ? sql`cast(${local} as date)` : sql`(${local} at time zone ${named})`;
  };
  return { from: at(start), before: at(start + units) };
}
