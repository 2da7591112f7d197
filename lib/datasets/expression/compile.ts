import { Refusal } from '#lib/datasets/refusal.ts';
import { call } from './calls.ts';
import { counted, Decimal, decimalText } from './decimal.ts';
import { isMacro, macro } from './macros.ts';
import { member, type Naming, named, namedColumn, type Within } from './names.ts';
import { binary, negation, refuseKind } from './operators.ts';
import type { Part, Scope, Surroundings } from './scope.ts';
import { type Node, numberWritten, parseExpression, refuseNode } from './syntax.ts';
import { type Kind, kindOf, quoted, toSource, truthOf, type Value } from './values.ts';

/** An expression, ready for many rows. */
export interface CompiledExpression {
  /** The columns of the source's row that it reads, each once. */
  readonly columns: readonly string[];
  /** What it is known to give. */
  readonly kind: Kind;
  /** The value as a source would have it, or why there is none. */
  readonly compute: (surroundings: Surroundings) => unknown;
}

/**
 * Makes an expression in CEL ready. Throws `ExpressionProblem` where it is malformed, names a function that is not
 * offered, or joins what never fits. What it promises:
 * - All numbers are decimals: `+ - *` are exact, a quotient is rounded to 34 digits, `5 / 2` is 2.5. None
 *   passes through a float. Numbers of more than 200 digits are refused.
 * - A column's text that spells a number is that number where one is asked for; `+` and `<` between two such
 *   columns are refused, for they may mean the texts.
 * - What is computed of nothing is nothing: null, an absent column, a member of either, and an empty text where a
 *   number is asked for. `==` tells null from all else, and a condition that is null does not hold.
 * - It ends: CEL has no loops, and what a value costs, with the items of its lists, is bounded.
 */
export function compileExpression(text: string, within: Within = 'row'): CompiledExpression {
  const columns = new Set<string>();
  const { kind, run } = compile(parseExpression(text), { within, items: [], columns });
  return {
    columns: [...columns],
    kind,
    compute: (surroundings) => {
      try {
        return toSource(run({ ...surroundings, items: [], work: 0 }));
      } catch (error) {
        if (error instanceof Refusal) return new Refusal(`cannot be computed: it ${error.reason}`);
        throw error;
      }
    },
  };
}

function compile(node: Node, naming: Naming): Part {
  switch (node.op) {
    case 'value':
      return literal(node);
    case 'id':
      return named(node, naming);
    case 'list':
      return list(node, naming);
    case '.':
      return select(node, naming);
    case '[]':
      return index(node, naming);
    case 'call':
      return plainCall(node, naming);
    case 'rcall':
      return methodCall(node, naming);
    case '?:':
      return choice(node, naming);
    case '!_':
      return not(node, naming);
    case '-_':
      return negation(node, compile(node.args, naming));
    case '&&':
    case '||':
      return logic(node, naming);
    default:
      return between(node, naming);
  }
}

type Of<Op extends Node['op']> = Extract<Node, { readonly op: Op }>;

function constant(value: Value): Part {
  return { kind: kindOf(value), size: 1, run: () => value };
}

function literal(node: Of<'value'>): Part {
  const value = node.args;
  const isNumber = typeof value === 'bigint' || typeof value === 'number' || typeof value === 'object';
  return constant(value !== null && isNumber ? numberWritten(node) : value);
}

function list(node: Of<'list'>, naming: Naming): Part {
  const parts = node.args.map((one) => compile(one, naming));
  const size = parts.reduce((sum, part) => sum + part.size, 1);
  return { kind: 'list', size, run: (scope) => parts.map((part) => part.run(scope)) };
}

function select({ args: [of, name] }: Of<'.'>, naming: Naming): Part {
  const column = namedColumn(of, name, naming);
  if (column) return column;
  const part = compile(of, naming);
  refuseKind(of, part.kind, ['object']);
  return { kind: 'any', size: part.size + 1, run: (scope) => member(part.run(scope), name) };
}

function index({ args: [of, at] }: Of<'[]'>, naming: Naming): Part {
  const column = namedColumn(of, at.op === 'value' ? at.args : undefined, naming);
  if (column) return column;
  const [part, place] = [compile(of, naming), compile(at, naming)];
  refuseKind(of, part.kind, ['object', 'list']);
  refuseKind(at, place.kind, ['text', 'number']);
  const run = (scope: Scope) => {
    const key = place.run(scope);
    return key === null ? null : member(part.run(scope), memberKey(key));
  };
  return { kind: 'any', size: part.size + place.size + 1, run };
}

function memberKey(key: Value): string | number {
  if (typeof key === 'string') return key;
  const place = key instanceof Decimal ? counted(key) : undefined;
  if (place === undefined || place < 0) {
    throw new Refusal(
      `has ${key instanceof Decimal ? decimalText(key) : quoted(key)} as the place of an item`,
    );
  }
  return place;
}

function plainCall(node: Of<'call'>, naming: Naming): Part {
  const [name, args] = node.args;
  const parts = args.map((arg) => compile(arg, naming));
  if (name !== 'has') return call(node, name, parts, args);
  const [part, ...others] = parts;
  if (!part || others.length > 0) return refuseNode(node, 'has() takes one value in its parentheses');
  return { kind: 'boolean', size: part.size + 1, run: (scope) => part.run(scope) !== null };
}

function methodCall(node: Of<'rcall'>, naming: Naming): Part {
  const [name, receiver, args] = node.args;
  const of = compile(receiver, naming);
  const { items } = naming;
  if (isMacro(name)) {
    return macro(node, of, items.length, (body, item) =>
      compile(body, { ...naming, items: [...items, item] }),
    );
  }
  return call(node, name, [of, ...args.map((arg) => compile(arg, naming))], [receiver, ...args]);
}

function choice({ args }: Of<'?:'>, naming: Naming): Part {
  const [condition, then, otherwise] = args.map((arg) => compile(arg, naming)) as [Part, Part, Part];
  refuseKind(args[0], condition.kind, ['boolean']);
  const known = [then.kind, otherwise.kind].filter((kind) => kind !== 'null');
  return {
    kind: new Set(known).size > 1 ? 'any' : (known[0] ?? 'null'),
    size: condition.size + then.size + otherwise.size + 1,
    run: (scope) => (truthOf(condition.run(scope)) ? then : otherwise).run(scope),
  };
}

function not(node: Of<'!_'>, naming: Naming): Part {
  const part = compile(node.args, naming);
  refuseKind(node.args, part.kind, ['boolean']);
  const run = (scope: Scope) => {
    const truth = truthOf(part.run(scope));
    return truth === null ? null : !truth;
  };
  return { kind: 'boolean', size: part.size + 1, run };
}

/** SQL's three values: what is known decides, and nothing known is nothing. */
function logic({ op, args }: Of<'&&'> | Of<'||'>, naming: Naming): Part {
  const [one, other] = args.map((arg) => compile(arg, naming)) as [Part, Part];
  for (const [place, part] of [one, other].entries()) refuseKind(args[place] as Node, part.kind, ['boolean']);
  const decisive = op === '||';
  const run = (scope: Scope) => {
    const first = truthOf(one.run(scope));
    if (first === decisive) return first;
    const second = truthOf(other.run(scope));
    return second === decisive ? second : first === null ? null : second;
  };
  return { kind: 'boolean', size: one.size + other.size + 1, run };
}

function between(node: Node, naming: Naming): Part {
  const { args } = node as Of<'+'>;
  const [left, right] = Array.isArray(args) ? args : [];
  const isOperator = left && right && typeof left === 'object' && 'op' in left && 'op' in right;
  const found = isOperator && binary(node, compile(left, naming), compile(right, naming));
  return found || refuseNode(node, 'objects are not made here: give each column its own value');
}
