import { Refusal } from '#lib/datasets/refusal.ts';
import { refuseKind } from './operators.ts';
import { type Part, type Scope, spend } from './scope.ts';
import { type Node, refuseNode } from './syntax.ts';
import { type Kind, kindOf, kindWords, truthOf, type Value } from './values.ts';

/** What a macro does with the items of a list, given whether each holds, or what each makes. */
interface Macro {
  readonly gives: Kind;
  readonly run: (list: readonly unknown[], at: (item: unknown) => Value) => Value;
}

const macros: Readonly<Record<string, Macro>> = {
  all: { gives: 'boolean', run: (list, at) => list.every((item) => truthOf(at(item)) === true) },
  exists: { gives: 'boolean', run: (list, at) => list.some((item) => truthOf(at(item)) === true) },
  exists_one: {
    gives: 'boolean',
    run: (list, at) => list.filter((item) => truthOf(at(item)) === true).length === 1,
  },
  filter: { gives: 'list', run: (list, at) => list.filter((item) => truthOf(at(item)) === true) },
  map: { gives: 'list', run: (list, at) => list.map(at) },
};

/** Whether a call is that of a macro, whose second argument is computed for each item. */
export function isMacro(name: string): boolean {
  return Object.hasOwn(macros, name);
}

/** `list.map(item, …)` and its like: `compileBody` compiles a part in which `item` has a name. */
export function macro(
  node: Node & { readonly op: 'rcall' },
  list: Part,
  depth: number,
  compileBody: (body: Node, item: string) => Part,
): Part {
  const [name, , [variable, ...bodies]] = node.args;
  if (variable?.op !== 'id') return refuseNode(variable ?? node, 'a name for the item is needed here');
  if (bodies.length !== 1 && !(name === 'map' && bodies.length === 2)) {
    refuseNode(node, `${name}() takes a name for the item, and what to do with it`);
  }
  refuseKind(node, list.kind, ['list']);
  const parts = bodies.map((body) => compileBody(body, variable.args));
  const last = parts.at(-1) as Part;
  const condition = parts.length === 2 ? parts[0] : undefined;
  const { gives, run } = macros[name] as Macro;
  if (name !== 'map') refuseKind(bodies[0] as Node, last.kind, ['boolean']);
  return {
    kind: gives,
    size: list.size + 1,
    run: (scope) => {
      const items = listOf(list.run(scope), name);
      if (items === null) return null;
      const chosen = condition ? items.filter((item) => truthOf(at(scope, condition, depth, item))) : items;
      return run(chosen, (item) => at(scope, last, depth, item));
    },
  };
}

function at(scope: Scope, body: Part, depth: number, item: unknown): Value {
  spend(scope, body.size);
  scope.items.length = depth;
  scope.items.push(item);
  return body.run(scope);
}

function listOf(value: Value, name: string): readonly unknown[] | null {
  if (value === null || value === '') return null;
  if (Array.isArray(value)) return value;
  throw new Refusal(`asks for ${name}() of ${kindWords(kindOf(value))}`);
}
