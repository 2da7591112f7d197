import { type ASTNode, Environment, type ParseError } from '@marcbachmann/cel-js';
import { Decimal, decimalOf } from './decimal.ts';

export type Node = ASTNode;

/** Why an expression cannot be used, and where: `at` counts characters from 1. */
export class ExpressionProblem extends Error {
  override readonly name = 'ExpressionProblem';
  readonly at: number;

  constructor(at: number, reason: string) {
    super(`character ${at}: ${reason}`);
    this.at = at;
  }
}

/** Throws the problem at the beginning of a part of the expression; of a method, at its name. */
export function refuseNode(node: Node, reason: string): never {
  const start = node.op === 'rcall' ? node.input.indexOf(node.args[0], node.args[1].end) : node.start;
  throw new ExpressionProblem(start + 1, reason);
}

/** In characters. */
export const MAX_EXPRESSION_LENGTH = 2_000;

const parser = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 500, maxDepth: 40, maxListElements: 200, maxMapEntries: 100, maxCallArguments: 20 },
});

/** The tree of an expression in CEL. Throws `ExpressionProblem`. */
export function parseExpression(text: string): Node {
  if (text.trim() === '') throw new ExpressionProblem(1, 'there is no expression yet');
  if (text.length > MAX_EXPRESSION_LENGTH) {
    const problem = `it is longer than ${MAX_EXPRESSION_LENGTH} characters`;
    throw new ExpressionProblem(MAX_EXPRESSION_LENGTH, problem);
  }
  try {
    return parser.parse(text).ast;
  } catch (error) {
    const { range, summary } = error as ParseError;
    throw new ExpressionProblem((range?.start ?? 0) + 1, inWords(summary, text.slice(range?.start)));
  }
}

/** The number that stands at a node, with all of its digits. Throws where bytes or an unsigned number stand there. */
export function numberWritten(node: Node & { readonly op: 'value' }): Decimal {
  const value = node.args;
  if (typeof value === 'bigint') return new Decimal(value, 0);
  if (typeof value !== 'number') {
    return refuseNode(node, 'bytes and unsigned numbers are not offered: leave the letter out');
  }
  const digits = /^[\d.]+(?:[eE][+-]?\d+)?/.exec(node.input.slice(node.start))?.[0] ?? '';
  return decimalOf(digits) ?? refuseNode(node, 'this number has too many digits');
}

const tokens: Readonly<Record<string, string>> = {
  EOF: 'the end',
  IDENTIFIER: 'a name',
  LPAREN: '“(”',
  RPAREN: '“)”',
  LBRACKET: '“[”',
  RBRACKET: '“]”',
  LBRACE: '“{”',
  RBRACE: '“}”',
  COLON: '“:”',
};

/** What the parser has to say, for people: the names of its tokens are its own. */
function inWords(summary: string, rest: string): string {
  const found = /^\w+|^./su.exec(rest)?.[0];
  const here = found === undefined ? 'the end' : `“${found}”`;
  const expected = /^Expected (\w+)/.exec(summary)?.[1];
  if (expected) return `${tokens[expected] ?? 'something else'} is missing before ${here}`;
  if (/^Unexpected token: EOF/.test(summary)) return 'something is missing at the end';
  if (/^Reserved identifier/.test(summary)) return `${here} is a word of the language: write row["${found}"]`;
  if (/^Unexpected/.test(summary)) {
    const isLetter = found !== undefined && /[^\p{ASCII}]/u.test(found);
    return `${here} cannot stand here${isLetter ? ': a column whose name has it is row["its name"]' : ''}`;
  }
  if (/^Exceeded/.test(summary)) return 'it has too many parts: split it up';
  if (/invalid predicate iteration variable/.test(summary)) return 'a name for the item is needed here';
  return summary.charAt(0).toLowerCase() + summary.slice(1);
}
