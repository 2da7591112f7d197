import { z } from 'zod';
import { type TimeUnit, timeUnits, type WeekStart, weekStarts } from './time-units.ts';

/** More units than this reach back to before there are dates. */
export const MOST_UNITS = 5_000;

const unit = z.enum(timeUnits);
const weekStart = z.enum(weekStarts).optional().meta({
  description: 'Of weeks alone: the day they begin with, Monday where absent.',
});

/** A stretch of time that moves with the present, as a caller writes it. */
export const periodSchema = z
  .union([
    z.strictObject({
      last: z.int().min(1).max(MOST_UNITS).meta({ description: 'How many units, the present one the last.' }),
      unit,
      includeCurrent: z.boolean().optional().meta({
        description: 'False for whole units alone, which end where the present one begins.',
      }),
      weekStart,
    }),
    z.strictObject({
      this: unit.meta({ description: 'The present unit, from its beginning to its end.' }),
      weekStart,
    }),
    z.strictObject({ previous: unit.meta({ description: 'The unit before the present one.' }), weekStart }),
  ])
  .meta({ id: 'Period', examples: [{ last: 7, unit: 'day' }, { this: 'month' }, { previous: 'week' }] });

/** `last` units up to and with the present one, or whole ones before it; `this` unit; the `previous` one. */
export type Period = {
  readonly weekStart?: WeekStart | undefined;
} & (
  | { readonly last: number; readonly unit: TimeUnit; readonly includeCurrent?: boolean | undefined }
  | { readonly this: TimeUnit }
  | { readonly previous: TimeUnit }
);

/** A period as so many units from the one `start` units after the present (-1 is the previous) on. */
export interface PeriodSpan {
  readonly unit: TimeUnit;
  readonly start: number;
  readonly units: number;
}

/** Where a period begins and how long it is. */
export function spanOf(period: Period): PeriodSpan {
  if ('this' in period) return { unit: period.this, start: 0, units: 1 };
  if ('previous' in period) return { unit: period.previous, start: -1, units: 1 };
  const { last, unit, includeCurrent = true } = period;
  return { unit, start: includeCurrent ? 1 - last : -last, units: last };
}

/** What a period says that has no meaning; undefined where all of it has one. */
export function periodProblem(period: Period): string | undefined {
  const hasWeeks = spanOf(period).unit === 'week';
  return period.weekStart && !hasWeeks ? '"weekStart" has a meaning for weeks alone' : undefined;
}
