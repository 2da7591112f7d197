import { MAX_NAME_LENGTH } from './definition.ts';

const SUFFIX = ' copy';

/** “… copy”, of a name that may be as long as any. */
export function copyName(name: string): string {
  return `${name.slice(0, MAX_NAME_LENGTH - SUFFIX.length)}${SUFFIX}`;
}
