import { type Sql, type SqlKind, type SqlPart, valueAs } from './sql-part.ts';
import { type Node, refuseNode } from './syntax.ts';

/** A call: its arguments, for a method what stands before the dot first. */
export interface Call {
  readonly node: Node;
  readonly nodes: readonly Node[];
  readonly parts: readonly SqlPart[];
}

/** A function of the subset. */
export interface SqlCallable {
  /** How many values it may be called with, what stands before the dot among them. */
  readonly takes: readonly [least: number, most: number];
  /** As a person writes it. */
  readonly form: string;
  sql(call: Call): SqlPart;
}

/** Functions or methods by their names. */
export type SqlCallables = Readonly<Record<string, SqlCallable>>;

/** An argument that must be of one of the kinds. */
export function argument({ nodes, parts }: Call, place: number, ...wanted: readonly SqlKind[]): Sql {
  return valueAs(nodes[place] as Node, parts[place] as SqlPart, wanted);
}

/** An argument that must be a text in quotes, and what `read` makes of it; `problem` says what is wanted. */
export function quotedArgument<Read>(
  { nodes, parts }: Call,
  place: number,
  read: (text: string) => Read | undefined,
  problem: string,
): Read {
  const { quoted } = parts[place] as SqlPart;
  const found = quoted === undefined ? undefined : read(quoted);
  return found ?? refuseNode(nodes[place] as Node, problem);
}
