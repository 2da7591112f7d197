import { coercion } from '#lib/datasets/coerce.ts';
import { Refusal } from '#lib/datasets/refusal.ts';
import { add, compare, counted, Decimal, decimalText, negate, round, whole } from './decimal.ts';
import { allowText, type Scope, spend } from './scope.ts';
import { fromSource, type Kind, kindWords, numberOf, quoted, toSource, type Value } from './values.ts';

/** A function, or a method, whose first argument is what stands before its dot. */
export interface Callable {
  readonly takes: readonly Kind[];
  /** So many arguments it needs; all where absent. The last kind counts for all that follow where `more`. */
  readonly needs?: number;
  readonly more?: boolean;
  readonly gives: Kind;
  /** Called even where an argument is null; every other function gives null then. */
  readonly takesNull?: boolean;
  /** The arguments are of the kinds that it takes. */
  run(args: readonly Value[], scope: Scope): Value;
}

type Texts = readonly [string, string, string];
type Numbers = readonly Decimal[];
type Values = readonly Value[];

const readBoolean = coercion('boolean');

const size: Callable = { takes: ['any'], gives: 'number', run: ([value]: Values) => integer(sizeOf(value)) };

/** What is called by its name: `round(price, 2)`. */
export const functions: Readonly<Record<string, Callable>> = {
  string: {
    takes: ['any'],
    gives: 'text',
    run: ([value = null]: Values, scope) => {
      const text = textOf(value);
      allowText(scope, text?.length ?? 0);
      return text;
    },
  },
  decimal: { takes: ['any'], gives: 'number', run: ([value = null]: Values) => numberOf(value) },
  int: {
    takes: ['any'],
    gives: 'number',
    run: ([value = null]: Values) => {
      const number = numberOf(value);
      return number && whole(number);
    },
  },
  bool: { takes: ['any'], gives: 'boolean', run: ([value = null]: Values) => booleanOf(value) },
  coalesce: {
    takes: ['any'],
    more: true,
    gives: 'any',
    takesNull: true,
    run: (values: Values) => values.find((value) => value !== null && value !== '') ?? null,
  },
  size,
  abs: {
    takes: ['number'],
    gives: 'number',
    run: ([value]: Numbers) => (value && value.digits < 0n ? negate(value) : (value ?? null)),
  },
  round: {
    takes: ['number', 'number'],
    needs: 1,
    gives: 'number',
    run: ([value, places]: Numbers) => round(value as Decimal, places ? placeOf(places) : 0),
  },
  min: { takes: ['number'], more: true, gives: 'number', run: (all: Numbers) => extreme(all, -1) },
  max: { takes: ['number'], more: true, gives: 'number', run: (all: Numbers) => extreme(all, 1) },
  sum: {
    takes: ['list'],
    gives: 'number',
    run: ([list]: readonly [readonly unknown[]], scope) => {
      spend(scope, list.length);
      const numbers = list.map((item) => numberOf(fromSource(item))).filter((one) => one !== null);
      return numbers.reduce(add, new Decimal(0n, 0));
    },
  },
};

/** What is called behind a dot: `name.contains("x")`. */
export const methods: Readonly<Record<string, Callable>> = {
  size,
  contains: textTest((text, part) => text.includes(part)),
  startsWith: textTest((text, part) => text.startsWith(part)),
  endsWith: textTest((text, part) => text.endsWith(part)),
  indexOf: {
    takes: ['text', 'text'],
    gives: 'number',
    run: ([text, part]: Texts) => integer(placeIn(text, part)),
  },
  substring: {
    takes: ['text', 'number', 'number'],
    needs: 2,
    gives: 'text',
    run: ([text, ...places]: readonly [string, ...Decimal[]]) => slice(text, places.map(placeOf)),
  },
  replace: {
    takes: ['text', 'text', 'text'],
    gives: 'text',
    run: ([text, find, other]: Texts, scope) => {
      if (find === '') throw new Refusal('replaces an empty text: say what is to be replaced');
      return joined(scope, text.split(find), other);
    },
  },
  split: {
    takes: ['text', 'text'],
    gives: 'list',
    run: ([text, by]: Texts, scope) => {
      const parts = text.split(by);
      spend(scope, parts.length);
      return parts;
    },
  },
  join: {
    takes: ['list', 'text'],
    gives: 'text',
    run: ([list, by]: readonly [readonly unknown[], string], scope) =>
      joined(
        scope,
        list.map((item) => textOf(fromSource(item)) ?? ''),
        by,
      ),
  },
  trim: textChange((text) => text.trim()),
  lower: textChange((text) => text.toLowerCase()),
  upper: textChange((text) => text.toUpperCase()),
};

/** What CEL has and this has not, with what to do instead. */
export const notOffered: Readonly<Record<string, string>> = {
  matches: 'it can take for ever; use contains(), startsWith() or endsWith()',
  double: 'it would lose digits; decimal(…) reads a number exactly',
  uint: 'int(…) gives whole numbers',
  timestamp: 'the transform “Read as a date and time” reads times',
  duration: 'the transform “Read as a date and time” reads times',
  bytes: 'no column holds bytes',
  type: 'has(…) tells whether there is a value',
  dyn: 'no value needs it here',
  bind: 'write the expression out',
};

function textTest(test: (text: string, part: string) => boolean): Callable {
  return { takes: ['text', 'text'], gives: 'boolean', run: ([text, part]: Texts) => test(text, part) };
}

function textChange(change: (text: string) => string): Callable {
  return {
    takes: ['text'],
    gives: 'text',
    run: ([text]: Texts, scope: Scope) => {
      allowText(scope, text.length);
      return change(text);
    },
  };
}

function joined(scope: Scope, parts: readonly string[], by: string): string {
  const length = parts.reduce((sum, part) => sum + part.length, 0) + by.length * (parts.length - 1);
  spend(scope, parts.length);
  allowText(scope, length);
  return parts.join(by);
}

function textOf(value: Value): string | null {
  if (value === null || typeof value === 'string') return value;
  return value instanceof Decimal ? decimalText(value) : JSON.stringify(toSource(value));
}

function booleanOf(value: Value): Value {
  if (typeof value === 'boolean') return value;
  const cell = readBoolean(toSource(value));
  if (cell instanceof Refusal) throw new Refusal(`has ${quoted(value)}, which ${cell.reason}`);
  return cell === null ? null : cell === 'true';
}

function sizeOf(value: Value | undefined): number {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value && !(value instanceof Decimal)) return Object.keys(value).length;
  throw new Refusal(`asks for the size of ${quoted(value ?? null)}`);
}

/** Places count characters, as `size` does, and not the halves of those that have two. */
function placeIn(text: string, part: string): number {
  const place = text.indexOf(part);
  return hasPairs(text) && place > 0 ? sizeOf(text.slice(0, place)) : place;
}

function slice(text: string, places: readonly number[]): string {
  return hasPairs(text) ? [...text].slice(...places).join('') : text.slice(...places);
}

function hasPairs(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

function integer(count: number): Decimal {
  return new Decimal(BigInt(count), 0);
}

const MOST_PLACES = 100_000;

function placeOf(value: Decimal): number {
  const place = counted(value);
  if (place === undefined || place < 0 || place > MOST_PLACES) {
    throw new Refusal(
      `has ${decimalText(value)} where ${kindWords('number')} without a fraction counts places`,
    );
  }
  return place;
}

function extreme(all: Numbers, sign: number): Value {
  return all.reduce((best, one) => (compare(one, best) * sign > 0 ? one : best));
}
