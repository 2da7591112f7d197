/** More names than this are only counted. */
const MOST_NAMES = 5;

/** Names for a sentence: `"Weekly", "Monthly" and 2 more`. */
export function quoted(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name}"`);
  const further = names.length - shown.length;
  return `${shown.join(', ')}${further > 0 ? ` and ${further} more` : ''}`;
}

/** The same of exports: `the exports "Weekly", "Monthly"`. */
export function theExports(names: readonly string[]): string {
  return `the ${names.length === 1 ? 'export' : 'exports'} ${quoted(names)}`;
}
