import { Refusal } from '#lib/datasets/refusal.ts';
import type { Kind, Value } from './values.ts';

/** What an expression is computed over: a row of the source, or an item of a list in one. */
export interface Surroundings {
  /** The row's columns, or the item. */
  readonly values: unknown;
  /** Where an item is computed over: the row that it is of. */
  readonly parent?: Readonly<Record<string, unknown>>;
  /** Where an item is computed over: its place, counted from 1. */
  readonly index?: number;
}

/** One computation under way. */
export interface Scope extends Surroundings {
  /** The items that macros stand at, the outermost first. */
  readonly items: unknown[];
  work: number;
}

/** A part of an expression, ready for many rows. */
export interface Part {
  readonly kind: Kind;
  /** How many parts it is made of: what one computation of it costs. */
  readonly size: number;
  /** Throws a `Refusal` where it cannot be computed. */
  readonly run: (scope: Scope) => Value;
}

/** So many parts may be computed for one value, each turn of `map` and its like anew: some milliseconds. */
const MOST_WORK = 20_000;
const LONGEST_TEXT = 100_000;
/** So many characters cost as much as one part. */
const CHARACTERS = 100;

export function spend(scope: Scope, work: number): void {
  scope.work += work;
  if (scope.work > MOST_WORK) throw new Refusal('takes too long: its lists are too large for what it does');
}

/** Allows a text of that length to be made. */
export function allowText(scope: Scope, length: number): void {
  if (length > LONGEST_TEXT) throw new Refusal(`makes a text of more than ${LONGEST_TEXT} characters`);
  spendText(scope, length);
}

/** What looking through a text of that length costs. */
export function spendText(scope: Scope, length: number): void {
  spend(scope, length / CHARACTERS);
}
