import { Refusal } from './refusal.ts';

/** The way to a value within a row: names of objects' members, places in lists counted from 0. */
type Steps = readonly (string | number)[];

const step = /^(?:\.?([^.[\]]+)|\[(\d{1,9})\]|\[("(?:[^"\\]|\\.)*")\])/;

/** `lines[0].sku` as its steps; a member whose name holds dots or brackets is `["its name"]`. Undefined where a text is no path. */
function stepsOf(path: string): Steps | undefined {
  const steps: (string | number)[] = [];
  let rest = path.startsWith('.') ? '' : path;
  while (rest !== '') {
    const match = step.exec(rest);
    if (!match) return undefined;
    const [all, name, place, quoted] = match;
    if (steps.length === 0 && place !== undefined) return undefined;
    if (steps.length > 0 && name !== undefined && !all.startsWith('.')) return undefined;
    const member = quoted === undefined ? name : unquoted(quoted);
    if (place === undefined && member === undefined) return undefined;
    steps.push(place === undefined ? (member as string) : Number(place));
    rest = rest.slice(all.length);
  }
  return steps.length > 0 ? steps : undefined;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The path of a member, or of an item, of what is at `path`; without one, of the row itself. */
export function pathTo(path: string | undefined, member: string | number): string {
  if (typeof member === 'number') return `${path ?? ''}[${member}]`;
  const isPlain = /^[^.[\]"]+$/.test(member);
  if (path === undefined) return isPlain ? member : `[${JSON.stringify(member)}]`;
  return isPlain ? `${path}.${member}` : `${path}[${JSON.stringify(member)}]`;
}

/** The column in which a path begins; the text itself where it is none. */
export function rootOf(path: string): string {
  return String(stepsOf(path)?.[0] ?? path);
}

/**
 * Reads a column, or what lies within one: `address.city`, `lines[0].sku`. A column that is called like the whole
 * path wins over the path. What is not there, and what lies within nothing, is undefined; a value that has no
 * such parts is refused.
 */
export function pathReader(path: string): (values: unknown) => unknown {
  const steps = stepsOf(path) ?? [path];
  return (values) => {
    if (hasMember(values, path)) return values[path];
    let current = values;
    for (const one of steps) {
      current = memberOf(current, one);
      if (current === undefined || current instanceof Refusal) return current;
    }
    return current;
  };
}

/** Browsers that do not know exact numbers have none. */
function isExactNumber(value: object): boolean {
  return 'isRawJSON' in JSON && JSON.isRawJSON(value);
}

/** What a value has under a name or, being a list, at a place; undefined for nothing of nothing. Refused where it has no parts. */
export function memberOf(value: unknown, at: string | number): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) return itemOf(value, at);
  if (typeof value !== 'object' || isExactNumber(value)) return new Refusal(`has no ${named(at)} in it`);
  if (typeof at === 'number') return new Refusal(`is an object, so it has no ${named(at)}`);
  return hasMember(value, at) ? value[at] : undefined;
}

function itemOf(list: readonly unknown[], at: string | number): unknown {
  if (typeof at === 'number') return list[at];
  return list.length === 0 ? undefined : new Refusal(`is a list: say of which item, as in [0].${at}`);
}

function named(at: string | number): string {
  return typeof at === 'number' ? `item [${at}]` : `"${at}"`;
}

function hasMember(value: unknown, name: string): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name);
}
