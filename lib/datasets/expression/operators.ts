import { Refusal } from '#lib/datasets/refusal.ts';
import {
  add,
  compare,
  Decimal,
  decimalOf,
  divide,
  multiply,
  negate,
  remainder,
  spellsNumber,
  subtract,
} from './decimal.ts';
import { allowText, type Part, type Scope, spend } from './scope.ts';
import { type Node, refuseNode } from './syntax.ts';
import {
  compareTexts,
  fromSource,
  type Kind,
  kindOf,
  kindWords,
  numberOf,
  quoted,
  type Value,
} from './values.ts';

type Calculation = (one: Decimal, other: Decimal) => Decimal;

const calculations: Readonly<Record<string, Calculation>> = {
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
};

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** An operator between two parts; undefined where `op` is none of these. Throws `ExpressionProblem`. */
export function binary(node: Node, one: Part, other: Part): Part | undefined {
  const size = one.size + other.size + 1;
  const calculate = calculations[node.op];
  const holds = orders[node.op];
  if (calculate) return { kind: 'number', size, run: calculated(node, calculate, one, other) };
  if (holds) return { kind: 'boolean', size, run: ordered(node, holds, one, other) };
  if (node.op === '+') return { kind: sumKind(node, one, other), size, run: added(one, other) };
  if (node.op === '==' || node.op === '!=') {
    const { run } = equality(node, one, other);
    return { kind: 'boolean', size, run: node.op === '==' ? run : (scope) => !run(scope) };
  }
  if (node.op === 'in') return { kind: 'boolean', size, run: membership(node, one, other) };
  return undefined;
}

/** `-x`. */
export function negation(node: Node, part: Part): Part {
  refuseKind(node, part.kind, ['number']);
  const run = (scope: Scope) => {
    const value = numberOf(part.run(scope));
    return value && negate(value);
  };
  return { kind: 'number', size: part.size + 1, run };
}

/** Throws unless a value may be of one of the kinds; where nothing is known before the row is there, it may. */
export function refuseKind(node: Node, kind: Kind, wanted: readonly Kind[]): void {
  if (kind === 'any' || kind === 'null' || wanted.includes(kind)) return;
  const hint = kind === 'text' && wanted.includes('number') ? ': decimal(…) reads one out of a text' : '';
  refuseNode(
    node,
    `${wanted.map(kindWords).join(' or ')} is needed here, and this is ${kindWords(kind)}${hint}`,
  );
}

function calculated(node: Node, calculate: Calculation, one: Part, other: Part) {
  for (const { kind } of [one, other]) refuseKind(node, kind, ['number']);
  return (scope: Scope): Value => {
    const [a, b] = [numberOf(one.run(scope)), numberOf(other.run(scope))];
    return a && b && calculate(a, b);
  };
}

function sumKind(node: Node, one: Part, other: Part): Kind {
  for (const { kind } of [one, other]) refuseKind(node, kind, ['number', 'text', 'list']);
  const known = [one.kind, other.kind].filter((kind) => kind !== 'any' && kind !== 'null');
  if (new Set(known).size > 1) {
    refuseNode(
      node,
      `${known.map(kindWords).join(' and ')} cannot be added: string(…) makes a text of either`,
    );
  }
  return known[0] ?? 'any';
}

function added(one: Part, other: Part) {
  const isText = one.kind === 'text' || other.kind === 'text';
  return (scope: Scope): Value => {
    const [a, b] = [one.run(scope), other.run(scope)];
    if (a === null || b === null) return null;
    if (typeof a === 'string' && typeof b === 'string') {
      if (!isText) refuseTwoMeanings(a, b, '+');
      allowText(scope, a.length + b.length);
      return a + b;
    }
    if (Array.isArray(a) && Array.isArray(b)) {
      spend(scope, a.length + b.length);
      return [...a, ...b];
    }
    const isSum = !isText && (a instanceof Decimal || b instanceof Decimal);
    if (!isSum) throw new Refusal(`adds ${kindWords(kindOf(a))} and ${kindWords(kindOf(b))}`);
    const [x, y] = [numberOf(a), numberOf(b)];
    return x && y && add(x, y);
  };
}

/** "12" and "3" of a source make "123" or 15: nobody but a person knows. */
function refuseTwoMeanings(a: string, b: string, op: string): void {
  if (spellsNumber(a) && spellsNumber(b)) {
    throw new Refusal(
      `has ${quoted(a)} ${op} ${quoted(b)}, which may mean numbers or texts: say decimal(…) or string(…) around either`,
    );
  }
}

function ordered(node: Node, holds: (order: number) => boolean, one: Part, other: Part) {
  for (const { kind } of [one, other]) refuseKind(node, kind, ['number', 'text']);
  refuseApart(node, one, other);
  const isText = one.kind === 'text' || other.kind === 'text';
  return (scope: Scope): Value => {
    const [a, b] = [one.run(scope), other.run(scope)];
    if (a === null || b === null) return null;
    if (typeof a === 'string' && typeof b === 'string') {
      if (!isText) refuseTwoMeanings(a, b, node.op);
      return holds(compareTexts(a, b));
    }
    const [x, y] = [numberOf(a), numberOf(b)];
    return x && y && holds(compare(x, y));
  };
}

function equality(node: Node, one: Part, other: Part) {
  for (const { kind } of [one, other]) refuseKind(node, kind, ['number', 'text', 'boolean']);
  refuseApart(node, one, other);
  return { run: (scope: Scope): boolean => isEqual(one.run(scope), other.run(scope)) };
}

function refuseApart(node: Node, one: Part, other: Part): void {
  const kinds = [one.kind, other.kind];
  const known = new Set(kinds.filter((kind) => kind !== 'any' && kind !== 'null'));
  if (known.size > 1) refuseNode(node, `${kinds.map(kindWords).join(' and ')} cannot be compared`);
}

/** Values of two kinds are not equal, but for a number and a text that spells it. */
function isEqual(a: Value, b: Value): boolean {
  if (a instanceof Decimal && b instanceof Decimal) return compare(a, b) === 0;
  if (a instanceof Decimal && typeof b === 'string') return isEqual(a, decimalOf(b) ?? null);
  if (b instanceof Decimal && typeof a === 'string') return isEqual(b, a);
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    throw new Refusal('compares lists or objects');
  }
  return a === b;
}

function membership(node: Node, one: Part, other: Part) {
  refuseKind(node, other.kind, ['list', 'object']);
  return (scope: Scope): Value => {
    const [sought, among] = [one.run(scope), other.run(scope)];
    if (among === null) return null;
    if (Array.isArray(among)) {
      spend(scope, among.length);
      return among.some((item) => isEqual(sought, fromSource(item)));
    }
    if (typeof among === 'object' && typeof sought === 'string') return Object.hasOwn(among, sought);
    throw new Refusal(`looks for ${quoted(sought)} in ${kindWords(kindOf(among))}`);
  };
}
