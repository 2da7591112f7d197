/** The code under which Postgres refused a statement, as the appendix of its manual lists them; undefined for any other error. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether it met a value that it cannot take or compute with: a text that is no number, a division by zero (class 22). */
export function isBadValue(error: unknown): boolean {
  return sqlState(error)?.startsWith('22') === true;
}

/** Whether a row with the same key is there already. */
export function isDuplicate(error: unknown): boolean {
  return sqlState(error) === '23505';
}

/** Whether whoever asked lacks a right. */
export function isDenied(error: unknown): boolean {
  return sqlState(error) === '42501';
}

/** Whether the server ended a statement for the time it took. */
export function isTimeout(error: unknown): boolean {
  return sqlState(error) === '57014';
}
