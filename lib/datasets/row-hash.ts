import { hash } from 'node:crypto';
import type { CellText } from '#lib/core/columns.ts';

/**
 * Tells whether a row has changed: 16 bytes as 32 hexadecimal digits (the text of a uuid) over the names of
 * the mapped columns and a row's values in their order, null and `''` apart. No text of either holds a NUL,
 * so the two bytes before each keep every row apart from every other.
 */
export function rowHasher(columns: readonly string[]): (values: readonly CellText[]) => string {
  const names = columns.map((name) => `\0n${name}`).join('');
  return (values) => {
    let row = names;
    for (const value of values) row += value === null ? '\0-' : `\0=${value}`;
    return hash('sha256', row, 'hex').slice(0, 32);
  };
}
