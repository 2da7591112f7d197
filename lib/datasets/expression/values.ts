import { Refusal } from '#lib/datasets/refusal.ts';
import { Decimal, decimalOf, decimalText } from './decimal.ts';

/** What a value is known to be before any row is there; `any` is what a source's column holds. */
export type Kind = 'any' | 'text' | 'number' | 'boolean' | 'list' | 'object' | 'null';

/** What is computed with. The items of lists and the members of objects are as the source has them, or values. */
export type Value = null | boolean | string | Decimal | readonly unknown[] | Members;
type Members = Readonly<Record<string, unknown>>;

/** A source's value as one to compute with: absent is null, and numbers keep all of their digits. */
export function fromSource(given: unknown): Value {
  if (given === null || given === undefined) return null;
  if (typeof given === 'number') return exact(String(given));
  if (typeof given === 'object' && JSON.isRawJSON(given)) return exact(given.rawJSON);
  return given as Value;
}

function exact(text: string): Decimal {
  const number = decimalOf(text);
  if (!number) throw new Refusal('has a number of more than 200 digits');
  return number;
}

/** A value as a source would have it, its numbers exact. */
export function toSource(value: unknown): unknown {
  if (value instanceof Decimal) return JSON.rawJSON(decimalText(value));
  if (Array.isArray(value)) return value.map(toSource);
  return value;
}

export function kindOf(value: Value): Kind {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (value instanceof Decimal) return 'number';
  return Array.isArray(value) ? 'list' : 'object';
}

const words: Readonly<Record<Kind, string>> = {
  any: 'a value',
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  object: 'an object',
  null: 'no value',
};

/** A kind in words: `a text`. */
export function kindWords(kind: Kind): string {
  return words[kind];
}

/** A value for a sentence, cut where it is long. */
export function quoted(value: Value): string {
  const text = typeof value === 'string' ? value : JSON.stringify(toSource(value));
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

/** The number that a value is, or that a text of the source spells; null for an empty text. Throws a `Refusal`. */
export function numberOf(value: Value): Decimal | null {
  if (value instanceof Decimal || value === null || value === '') return value === '' ? null : value;
  const spelled = typeof value === 'string' ? decimalOf(value) : undefined;
  if (!spelled) throw new Refusal(`has ${quoted(value)} where a number is needed`);
  return spelled;
}

/** Whether a condition holds; null where nothing is known. Throws a `Refusal`. */
export function truthOf(value: Value): boolean | null {
  if (value === null || typeof value === 'boolean') return value;
  throw new Refusal(`has ${quoted(value)} where true or false is needed: bool(…) reads a text`);
}

/** Below zero where `a` comes before `b` by their characters' code points, which is the order of their bytes in UTF-8. */
export function compareTexts(a: string, b: string): number {
  let place = 0;
  while (place < a.length && a.charCodeAt(place) === b.charCodeAt(place)) place++;
  const [x, y] = [a.charCodeAt(place), b.charCodeAt(place)];
  if (Number.isNaN(x) || Number.isNaN(y)) return a.length - b.length;
  // A half of a surrogate pair stands for a character past all that need none.
  const isPast = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;
  return isPast(x) === isPast(y) ? x - y : isPast(x) ? 1 : -1;
}
