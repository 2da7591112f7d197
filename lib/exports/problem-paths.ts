import { EntrepotError, isEntrepotError } from '#lib/core/errors.ts';
import type { Read } from '#lib/exports/shape/as-read.ts';
import { groupedBy, sortsGroups } from '#lib/exports/shape/group-sort.ts';

/** Problems of a definition as `asRead` has it, at the places where a person wrote what they are about. */
export function asWritten<T>(definition: Read, work: () => T | Promise<T>): Promise<T> {
  const ahead = keysAhead(definition);
  return renaming(work, (path) => {
    const [, key, member] = /^sort\.(\d+)(.*)$/.exec(path) ?? [];
    if (key === undefined) return path;
    return ahead[Number(key)] ?? `sort.${Number(key) - ahead.length}${member}`;
  });
}

/** Problems of a further table at their places in the definition; of what all tables share, saying for which it does not fit. */
export function ofTable<T>(
  place: number,
  { name }: { readonly name: string },
  work: () => T | Promise<T>,
): Promise<T> {
  return renaming(
    work,
    (path) => (isShared(path) ? path : `tables.${place}.${path}`),
    (problem, path) =>
      isShared(path) ? `it is for the further table "${name}" too, and ${problem}` : problem,
  );
}

function isShared(path: string): boolean {
  return path.startsWith('format.');
}

/** By which option or field rows are sorted before their own sort begins. */
function keysAhead(definition: Read): string[] {
  const groups = sortsGroups(definition) ? [] : groupedBy(definition);
  return [
    ...(definition.partitionBy ?? []).map((_, at) => `partitionBy.${at}`),
    ...groups.map((_, at) => `format.options.groupBy.${at}`),
  ];
}

async function renaming<T>(
  work: () => T | Promise<T>,
  rename: (path: string) => string,
  reword: (problem: string, path: string) => string = (problem) => problem,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!isEntrepotError(cause) || !cause.fields) throw cause;
    const fields = Object.fromEntries(
      Object.entries(cause.fields).map(([path, problem]) => [rename(path), reword(problem, path)]),
    );
    throw new EntrepotError(cause.code, cause.message, { cause, fields });
  }
}
