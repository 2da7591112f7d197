import { EntrepotError } from './errors.ts';

/** Where a list goes on: the sort values of its last row, opaque to whoever carries it. */
export function encodeCursor(values: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values of a cursor of that many; throws `bad_request` for one that no such list has given. */
export function decodeCursor(cursor: string, length: number): (string | null)[] {
  const values = parsed(Buffer.from(cursor, 'base64url').toString());
  const fits = Array.isArray(values) && values.length === length;
  if (fits && values.every((value) => value === null || typeof value === 'string')) return values;
  throw notOurCursor();
}

export function notOurCursor(): EntrepotError {
  return new EntrepotError('bad_request', 'This cursor is not one that this list gave.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
