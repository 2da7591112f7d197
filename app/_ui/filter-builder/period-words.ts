import { type Period, spanOf } from '#lib/datasets/period.ts';
import type { TimeUnit, WeekStart } from '#lib/datasets/time-units.ts';

/** How a period lies to the present, as a person chooses it. */
export type PeriodKind = 'last' | 'lastWhole' | 'this' | 'previous';

export function periodKind(period: Period): PeriodKind {
  if ('last' in period) return period.includeCurrent === false ? 'lastWhole' : 'last';
  return 'this' in period ? 'this' : 'previous';
}

/** A period of these parts; what has no meaning for its kind or unit is left out. */
export function periodOf(
  kind: PeriodKind,
  unit: TimeUnit,
  count: number,
  weekStart: WeekStart | undefined,
): Period {
  const weeks = unit === 'week' && weekStart !== undefined ? { weekStart } : {};
  if (kind === 'this') return { this: unit, ...weeks };
  if (kind === 'previous') return { previous: unit, ...weeks };
  return { last: count, unit, ...(kind === 'lastWhole' && { includeCurrent: false }), ...weeks };
}

/** A period in words, as they follow “is in”: “the last 7 days”. */
export function periodWords(period: Period): string {
  const { unit, units } = spanOf(period);
  const kind = periodKind(period);
  const weeks = period.weekStart === 'sunday' ? ', weeks from Sunday' : '';
  if (kind === 'this') return `this ${unit}${weeks}`;
  if (kind === 'previous') return `the previous ${unit}${weeks}`;
  const whole = kind === 'lastWhole' ? 'whole ' : '';
  return `the last ${units === 1 ? '' : `${units} `}${whole}${unit}${units === 1 ? '' : 's'}${weeks}`;
}
