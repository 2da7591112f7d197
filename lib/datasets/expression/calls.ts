import { Refusal } from '#lib/datasets/refusal.ts';
import { type Callable, functions, methods, notOffered } from './functions.ts';
import { refuseKind } from './operators.ts';
import { type Part, type Scope, spendText } from './scope.ts';
import { type Node, refuseNode } from './syntax.ts';
import { type Kind, kindOf, kindWords, numberOf, quoted, type Value } from './values.ts';

/** A call of `name` with these arguments; for a method, the first is what stands before the dot. */
export function call(node: Node, name: string, args: readonly Part[], nodes: readonly Node[]): Part {
  const callable = callableOf(node, name);
  refuseCount(node, name, callable, args.length);
  const kinds = args.map((_, place) => callable.takes[place] ?? (callable.takes.at(-1) as Kind));
  for (const [place, wanted] of kinds.entries()) {
    const given = args[place] as Part;
    if (wanted !== 'any') refuseKind(nodes[place] as Node, given.kind, [wanted]);
  }
  const size = args.reduce((sum, arg) => sum + arg.size, 1);
  return { kind: callable.gives, size, run: (scope) => called(callable, name, kinds, args, scope) };
}

function callableOf(node: Node, name: string): Callable {
  const isMethod = node.op === 'rcall';
  const offered = isMethod ? methods : functions;
  if (Object.hasOwn(offered, name)) return offered[name] as Callable;
  if (Object.hasOwn(notOffered, name)) refuseNode(node, `${name}() is not offered: ${notOffered[name]}`);
  if (Object.hasOwn(isMethod ? functions : methods, name)) {
    refuseNode(node, `write ${isMethod ? `${name}(value)` : `value.${name}()`}`);
  }
  const names = Object.keys(offered).map((one) => (isMethod ? `.${one}()` : `${one}()`));
  return refuseNode(node, `there is no ${isMethod ? '.' : ''}${name}(); there are ${names.join(', ')}`);
}

function refuseCount(node: Node, name: string, { takes, needs, more }: Callable, count: number): void {
  const least = needs ?? takes.length;
  if (count >= least && (more || count <= takes.length)) return;
  const receiver = node.op === 'rcall' ? 1 : 0;
  const wanted = more ? `at least ${least - receiver}` : String(takes.length - receiver);
  refuseNode(node, `${name}() takes ${wanted} of values in its parentheses, not ${count - receiver}`);
}

function called(
  callable: Callable,
  name: string,
  kinds: readonly Kind[],
  args: readonly Part[],
  scope: Scope,
): Value {
  const values: Value[] = [];
  for (const [place, arg] of args.entries()) {
    const value = taken(arg.run(scope), kinds[place] as Kind, name);
    if (value === null && !callable.takesNull) return null;
    if (typeof value === 'string') spendText(scope, value.length);
    values.push(value);
  }
  return callable.run(values, scope);
}

function taken(value: Value, wanted: Kind, name: string): Value {
  if (wanted === 'any' || value === null) return value;
  if (wanted === 'number') return numberOf(value);
  if (kindOf(value) === wanted) return value;
  throw new Refusal(`asks for ${name}() of ${quoted(value)}, which is not ${kindWords(wanted)}`);
}
