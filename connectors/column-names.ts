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
