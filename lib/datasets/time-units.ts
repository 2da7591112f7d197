/** Stretches of time, the shortest first. */
export const timeUnits = ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** The days that a week may begin with. */
export const weekStarts = ['monday', 'sunday'] as const;
export type WeekStart = (typeof weekStarts)[number];

/** Whether a unit is of the clock: its instants are told apart where the clocks pass an hour twice. */
export function isClockUnit(unit: TimeUnit): unit is 'minute' | 'hour' {
  return unit === 'minute' || unit === 'hour';
}
