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
