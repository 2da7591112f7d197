import { Refusal } from '#lib/datasets/refusal.ts';
import { memberOf } from '#lib/datasets/source-path.ts';
import type { Part, Scope } from './scope.ts';
import { type Node, refuseNode } from './syntax.ts';
import { fromSource, type Value } from './values.ts';

/** Over what an expression is computed: a source's row, or an item of a list in one. */
export type Within = 'row' | 'item';

/** What is known while the parts of an expression are made. */
export interface Naming {
  readonly within: Within;
  /** The names that macros gave to the items they stand at, the outermost first. */
  readonly items: readonly string[];
  /** The columns of the source's row that were named so far. */
  readonly columns: Set<string>;
}

/** A name: an item of a macro, `index`, or a column of the row or a member of the item. */
export function named(node: Node & { readonly op: 'id' }, naming: Naming): Part {
  const name = node.args;
  const place = naming.items.lastIndexOf(name);
  if (place !== -1) return part('any', (scope) => fromSource(scope.items[place]));
  if (naming.within === 'row') {
    if (name === 'row') refuseNode(node, 'say which column of the row, as in row["Unit Price"]');
    naming.columns.add(name);
  } else if (name === 'index') return part('number', ({ index }) => fromSource(index));
  else if (name === 'item') return part('any', ({ values }) => fromSource(values));
  else if (name === 'parent') refuseNode(node, 'say which column of the row, as in parent.order_number');
  return part('any', ({ values }) => fromSource(own(values, name)));
}

/** `row.name`, `row["Name"]`, `parent["Name"]`: a column of the row by its name; undefined where it is no such thing. */
export function namedColumn(of: Node, name: unknown, { within, items, columns }: Naming): Part | undefined {
  const whole = within === 'row' ? 'row' : 'parent';
  if (of.op !== 'id' || of.args !== whole || items.includes(whole)) return undefined;
  if (typeof name !== 'string') refuseNode(of, `say the column in quotes, as in ${whole}["Unit Price"]`);
  columns.add(name);
  if (within === 'row') return part('any', ({ values }) => fromSource(own(values, name)));
  return part('any', ({ parent }) => fromSource(own(parent, name)));
}

/** The member of an object, or the item of a list. */
export function member(of: Value, at: string | number): Value {
  const found = memberOf(of, at);
  if (found instanceof Refusal) throw new Refusal(`looks into a value that ${found.reason}`);
  return fromSource(found);
}

function own(values: unknown, name: string): unknown {
  return typeof values === 'object' && values !== null && Object.hasOwn(values, name)
    ? (values as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function part(kind: Part['kind'], run: (scope: Scope) => Value): Part {
  return { kind, size: 1, run };
}
