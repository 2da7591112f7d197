import { type Node, parseExpression } from './syntax.ts';

/** Whether an expression looks at the clock, so that what it gives of the same row changes. Throws `ExpressionProblem`. */
export function readsClock(text: string): boolean {
  return callsNow(parseExpression(text));
}

function callsNow(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(callsNow);
  if (!isNode(part)) return false;
  return (part.op === 'call' && part.args[0] === 'now') || callsNow(part.args);
}

function isNode(part: unknown): part is Node {
  return typeof part === 'object' && part !== null && 'op' in part;
}
