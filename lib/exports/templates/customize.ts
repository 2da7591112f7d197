import { EntrepotError } from '#lib/core/errors.ts';

/** What a person chooses for a customization. */
export type ChosenValue = string | number | boolean;

/** Where a chosen value goes in a definition. */
export interface Setting {
  readonly path: string;
  readonly values?: Readonly<Record<string, unknown>> | undefined;
  readonly format?: string | undefined;
}

/** As much of a template as it takes to apply it. */
export interface Customizable {
  readonly definition: { readonly format: { readonly type: string } };
  readonly customizations: readonly {
    readonly field: string;
    readonly default: ChosenValue;
    readonly sets: readonly Setting[];
  }[];
}

/** What is chosen where a template is applied. */
export interface Choices {
  /** The template's own where absent. */
  readonly format?: string | undefined;
  readonly values?: Readonly<Record<string, ChosenValue>> | undefined;
}

/** Stands where something was taken away, so that what comes after it keeps its number until all is put. */
const GONE = Symbol('gone');

type Place = Record<string, unknown>;

/**
 * The template's definition with every chosen value where its customization puts it. What comes of that has to be
 * checked like any definition; throws `invalid` where a path leads nowhere. Knows nothing of the server.
 */
export function customized(template: Customizable, { format, values = {} }: Choices): Place {
  const own = template.definition.format.type;
  const chosen = format ?? own;
  const definition: Place = structuredClone({ ...template.definition });
  if (chosen !== own) definition.format = { type: chosen };
  for (const { field, default: standard, sets } of template.customizations) {
    for (const setting of sets) {
      if (isMeant(setting, own, chosen)) put(definition, setting, values[field] ?? standard);
    }
  }
  return swept(definition);
}

/** Whether a customization has a meaning in the chosen format. */
export function hasMeaning(
  { sets }: { readonly sets: readonly Setting[] },
  own: string,
  chosen: string,
): boolean {
  return sets.some((setting) => isMeant(setting, own, chosen));
}

/** The options of one format are not those of another. */
function isMeant({ path, format }: Setting, own: string, chosen: string): boolean {
  if (format !== undefined) return format === chosen;
  return own === chosen || !path.startsWith('format.');
}

function put(definition: Place, { path, values }: Setting, chosen: ChosenValue): void {
  if (values && !Object.hasOwn(values, String(chosen))) return;
  const value = values ? values[String(chosen)] : chosen;
  const segments = path.split('.');
  const last = segments.pop() ?? '';
  let place: unknown = definition;
  for (const segment of segments) {
    place = within(place, segment, path);
    if (place === GONE) return;
  }
  requirePlace(place, last, path);
  place[last] = value === null ? GONE : structuredClone(value);
}

/** The member of that name; an object that the definition has left out begins empty. */
function within(place: unknown, segment: string, path: string): unknown {
  requirePlace(place, segment, path);
  if (!Object.hasOwn(place, segment)) place[segment] = {};
  return place[segment];
}

function requirePlace(place: unknown, segment: string, path: string): asserts place is Place {
  const isThere = Array.isArray(place)
    ? segment !== 'length' && Object.hasOwn(place, segment)
    : isObject(place);
  if (!isThere) {
    throw new EntrepotError('invalid', `The template's definition has no place "${path}".`, {
      fields: { path: `"${path}" is no place of the definition` },
    });
  }
}

function isObject(value: unknown): value is Place {
  return typeof value === 'object' && value !== null;
}

/** No columns at all are not all columns: of those, an empty list is left, to be refused. */
function swept({ columns, ...definition }: Place): Place {
  const rest = Object.entries(definition).flatMap(([name, value]) => kept(name, value));
  const chosen = Array.isArray(columns) ? columns.map(without).filter((each) => each !== GONE) : columns;
  const withColumns = chosen === undefined || chosen === GONE ? [] : [['columns', chosen] as const];
  return Object.fromEntries([...rest, ...withColumns]);
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) {
    const members = value.map(without).filter((member) => member !== GONE);
    return members.length === 0 && value.length > 0 ? GONE : members;
  }
  if (!isObject(value)) return value;
  const before = Object.entries(value);
  const after = before.flatMap(([name, member]) => kept(name, member));
  return after.length === 0 && before.length > 0 ? GONE : Object.fromEntries(after);
}

function kept(name: string, value: unknown): [string, unknown][] {
  const rest = without(value);
  return rest === GONE ? [] : [[name, rest]];
}
