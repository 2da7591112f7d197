import { isMacro } from './macros.ts';
import type { SqlCallable, SqlCallables } from './sql-callable.ts';
import { sqlFunctions, sqlMethods } from './sql-functions.ts';
import type { SqlPart } from './sql-part.ts';
import { sqlTimeMethods, sqlTimes } from './sql-times.ts';
import { type Node, refuseNode } from './syntax.ts';

type CallNode = Node & { readonly op: 'call' | 'rcall' };

const functions: SqlCallables = { ...sqlFunctions, ...sqlTimes };
const methods: SqlCallables = { ...sqlMethods, ...sqlTimeMethods };

/** Every function as a person writes it. */
export const callForms: readonly string[] = [functions, methods].flatMap((callables) =>
  Object.values(callables).map(({ form }) => form),
);

/** A call as SQL. Throws `ExpressionProblem` where there is no such function, or it takes other values. */
export function sqlCall(node: CallNode, compile: (argument: Node) => SqlPart): SqlPart {
  const nodes = node.op === 'rcall' ? [node.args[1], ...node.args[2]] : node.args[1];
  const callable = callableOf(node);
  const [least, most] = callable.takes;
  if (nodes.length < least || nodes.length > most) refuseNode(node, `it is written ${callable.form}`);
  return callable.sql({ node, nodes, parts: nodes.map(compile) });
}

function callableOf(node: CallNode): SqlCallable {
  const [name] = node.args;
  const [offered, others] = node.op === 'rcall' ? [methods, functions] : [functions, methods];
  if (Object.hasOwn(offered, name)) return offered[name] as SqlCallable;
  if (Object.hasOwn(others, name)) refuseNode(node, `write ${others[name]?.form}`);
  if (isMacro(name)) refuseNode(node, `${name}() is not offered here: a column of a dataset is no list`);
  const forms = Object.values(offered).map(({ form }) => form);
  return refuseNode(node, `there is no ${name}() here; there are ${forms.join(', ')}`);
}
