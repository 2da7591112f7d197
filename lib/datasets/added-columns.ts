/** The columns that a mapping was not made for, in the source's order; none where nobody noted what it was made for. */
export function addedTo(madeFor: readonly string[] | undefined, present: readonly string[]): string[] {
  const known = new Set(madeFor);
  return madeFor === undefined ? [] : present.filter((name) => !known.has(name));
}
