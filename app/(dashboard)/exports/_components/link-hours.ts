/** For how many hours a link may work, as a person chooses. */
export const linkHours = [1, 24, 168, 720] as const;

const HOURS_A_DAY = 24;

/** 1 hour, 36 hours, 7 days. */
export function durationWords(hours: number): string {
  const [count, unit] = hours % HOURS_A_DAY === 0 ? [hours / HOURS_A_DAY, 'day'] : [hours, 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
