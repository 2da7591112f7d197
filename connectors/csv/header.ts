/** A number or a date, as data has them and names of columns do not. */
const looksLikeData = /^[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b/;

/**
 * Whether the first record holds names. It does unless it looks like the second: a number or a date in
 * exactly the same places, and at least one. A lone record is a header.
 */
export function looksLikeHeader(first: readonly string[], second: readonly string[] | undefined): boolean {
  if (!second || first.length !== second.length || !first.some((cell) => looksLikeData.test(cell)))
    return true;
  return first.some((cell, index) => looksLikeData.test(cell) !== looksLikeData.test(second[index] ?? ''));
}

/**
 * A name for every column. Names are kept verbatim; an empty one becomes `column_3` by its position, and
 * one that was taken before gets the first free suffix: `city`, `city_2`, `city_3`.
 */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set(['__proto__']);
  const stated = new Set(header);
  return header.map((cell, index) => {
    const isTaken = (name: string) => taken.has(name) || (name !== cell && stated.has(name));
    const name = firstFree(cell || `column_${index + 1}`, isTaken);
    taken.add(name);
    return name;
  });
}

function firstFree(name: string, isTaken: (candidate: string) => boolean): string {
  let candidate = name;
  for (let suffix = 2; isTaken(candidate); suffix += 1) candidate = `${name}_${suffix}`;
  return candidate;
}
