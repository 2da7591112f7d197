const MOST_NAMED = 8;

/** How many, and which, the first of many: `2 new columns: colour, size`. */
export function newColumnsInWords(names: readonly string[]): string {
  const count = names.length === 1 ? '1 new column' : `${names.length} new columns`;
  const more = names.length - MOST_NAMED;
  return `${count}: ${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
