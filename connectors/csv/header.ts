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
  const wanted = new Set(header);
  return header.map((cell, index) => {
    const name = cell === '' ? `column_${index + 1}` : cell;
    const isFree = cell === '' ? !wanted.has(name) && !taken.has(name) : !taken.has(name);
    const free = isFree
      ? name
      : firstFree(name, (candidate) => taken.has(candidate) || wanted.has(candidate));
    taken.add(free);
    return free;
  });
}

function firstFree(name: string, isTaken: (candidate: string) => boolean): string {
  for (let suffix = 2; ; suffix += 1) {
    const candidate = `${name}_${suffix}`;
    if (!isTaken(candidate)) return candidate;
  }
}
