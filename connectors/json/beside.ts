import { parseExactJson } from '#lib/core/exact-json.ts';

type Place = readonly string[];

/** What stands at a dotted path within a value; undefined where the path leads nowhere. */
export function valueAt(value: unknown, path: string): unknown {
  return dig(value, path.split('.'));
}

/**
 * The values of a document that are wanted by their dotted paths, kept as they pass by on the way to the rows
 * and after them; numbers exact.
 */
export class Beside {
  readonly #wanted: readonly Place[];
  readonly #kept: { readonly place: Place; readonly value: unknown }[] = [];

  constructor(paths: readonly string[]) {
    this.#wanted = paths.map((path) => path.split('.'));
  }

  /** Whether the value at that place is wanted, or holds one that is. */
  wants(place: Place): boolean {
    return this.#wanted.some((wanted) => isPrefix(place, wanted));
  }

  /** Throws `SyntaxError` where `json` is none. */
  keep(place: Place, json: string): void {
    this.#kept.push({ place, value: parseExactJson(json) });
  }

  /** What stands at a wanted path; undefined where the document has nothing there. */
  at(path: string): unknown {
    const names = path.split('.');
    const kept = this.#kept.find(({ place }) => isPrefix(place, names));
    return kept && dig(kept.value, names.slice(kept.place.length));
  }
}

function isPrefix(start: Place, names: Place): boolean {
  return start.every((name, index) => name === names[index]);
}

function dig(value: unknown, names: Place): unknown {
  let found = value;
  for (const name of names) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  return found;
}
