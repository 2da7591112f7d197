import { EntrepotError } from '#lib/core/errors.ts';

/** What stands where the path ends, or where it cannot go on. */
export type Found = 'an object' | 'an array' | 'neither an object nor an array';

interface DeadEnd {
  readonly path: readonly string[];
  /** How many objects on the path were entered. */
  readonly depth: number;
  readonly found: Found;
  /** The names in the last of them. */
  readonly names: readonly string[];
  /** What the answer says went wrong, as raw JSON. */
  readonly note: string | undefined;
}

/** An error names so many keys. */
export const NAMED_KEYS = 12;

/** A path that leads to no array: where it stopped, what is there, and what the API itself says. */
export function nothingAtPath(end: DeadEnd): EntrepotError {
  const sentences = [stoppedAt(end), end.found === 'an object' ? whatIsThere(end.names) : ''];
  if (end.note) sentences.push(`The answer says: ${end.note}`);
  return new EntrepotError('DATA_ERROR', sentences.filter(Boolean).join(' '), {
    fields: { 'config.rowsPath': 'leads to no array of rows' },
  });
}

function stoppedAt({ path, depth, found }: DeadEnd): string {
  const here = (length: number) => (length === 0 ? 'the document' : `"${path.slice(0, length).join('.')}"`);
  const full = here(path.length);
  if (found === 'an object' && depth <= path.length) {
    return `The path ${full} finds nothing: ${here(depth - 1)} has no "${path[depth - 1]}".`;
  }
  if (found === 'an object' || depth === path.length)
    return `There is no array of rows: ${full} is ${found}.`;
  return `The path ${full} finds nothing: ${here(depth)} is ${found}.`;
}

function whatIsThere(names: readonly string[]): string {
  if (names.length === 0) return 'It is empty.';
  return `Its keys are: ${names.slice(0, NAMED_KEYS).join(', ')}${names.length > NAMED_KEYS ? ', …' : ''}.`;
}
