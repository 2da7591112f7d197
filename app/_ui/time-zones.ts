/** Names that browsers know but leave out of their list, where they still have Calcutta, Kiev and Saigon. */
const PRESENT_NAMES = [
  'UTC',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Europe/Kyiv',
];

/** The time zones that the browser knows, by name. */
export function allZones(): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), ...PRESENT_NAMES])].sort();
}
