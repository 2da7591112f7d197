import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { type ColumnLookup, refuse } from '#lib/datasets/lookup.ts';
import { textProblem } from '#lib/datasets/text.ts';
import { decimalText } from './decimal.ts';
import { sqlCall } from './sql-calls.ts';
import { sqlOperators } from './sql-operators.ts';
import {
  asText,
  bound,
  commonKind,
  nothing,
  type Sql,
  type SqlKind,
  type SqlPart,
  valueAs,
} from './sql-part.ts';
import { ExpressionProblem, type Node, numberWritten, parseExpression, refuseNode } from './syntax.ts';

/** Where an expression stands, and over which columns. */
interface Place {
  readonly columnOf: ColumnLookup;
  readonly path: string;
}

/**
 * An expression in CEL as a condition in SQL, true for the rows that it keeps. Throws `invalid` for `path`, with the
 * character at which it stands, for what is malformed, not offered or of another type than is needed. What it
 * promises is in `sqlExpressionGuide`; where `compileExpression` computes the same expression, both agree.
 */
export function expressionSql(text: string, columnOf: ColumnLookup, path = 'expression'): Sql {
  try {
    const node = parseExpression(text);
    return valueAs(node, compile(node, { columnOf, path }), ['boolean']);
  } catch (error) {
    if (error instanceof ExpressionProblem) return refuse(path, error.message);
    throw error;
  }
}

function compile(node: Node, place: Place): SqlPart {
  switch (node.op) {
    case 'value':
      return literal(node);
    case 'id':
    case '.':
    case '[]':
      return column(node, place);
    case 'list':
      return { kind: 'list', value: sql`null`, items: node.args.map((item) => compile(item, place)) };
    case 'call':
    case 'rcall':
      return sqlCall(node, (argument) => compile(argument, place));
    case '?:':
      return choice(node, place);
    case '!_':
      return {
        kind: 'boolean',
        value: sql`(not ${valueAs(node.args, compile(node.args, place), ['boolean'])})`,
      };
    case '-_':
      return { kind: 'number', value: sql`(- ${valueAs(node.args, compile(node.args, place), ['number'])})` };
    default:
      return between(node, place);
  }
}

type Of<Op extends Node['op']> = Extract<Node, { readonly op: Op }>;

function literal(node: Of<'value'>): SqlPart {
  const value = node.args;
  if (value === null) return { kind: 'null', value: nothing('text') };
  if (typeof value === 'boolean') return { kind: 'boolean', value: value ? sql`true` : sql`false` };
  if (typeof value !== 'string') {
    return { kind: 'number', value: bound(decimalText(numberWritten(node)), 'number') };
  }
  const problem = textProblem(value);
  if (problem) refuseNode(node, `this text ${problem}`);
  return { kind: 'text', value: bound(value, 'text'), quoted: value };
}

const kinds = {
  text: 'text',
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  json: 'json',
} as const satisfies Record<string, SqlKind>;

/** `name`, `row["Unit Price"]`, and `vendor.name`, a column that a relation leads to. */
function column(node: Of<'id'> | Of<'.'> | Of<'[]'>, { columnOf, path }: Place): SqlPart {
  const name = nameOf(node) ?? refuseNode(node, 'only columns have members: write relation.column');
  if (name === '') refuseNode(node, 'say which column of the row, as in row["Unit Price"]');
  try {
    const { column, value } = columnOf(name, path);
    const kind = kinds[column.type];
    if (column.type === 'integer') return { kind, value: sql`cast(${value} as numeric)` };
    return { kind, value: kind === 'text' ? asText(value) : value };
  } catch (error) {
    const problem = error instanceof EntrepotError ? error.fields?.[path] : undefined;
    if (problem === undefined) throw error;
    return refuseNode(node, problem);
  }
}

/** The name that a chain of members spells, `row` in front left out; undefined where it is none. */
function nameOf(node: Node): string | undefined {
  if (node.op === 'id') return node.args === 'row' ? '' : node.args;
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const [of, member] = node.args;
  const before = nameOf(of);
  const name = typeof member === 'string' ? member : member.op === 'value' ? member.args : undefined;
  if (before === undefined || typeof name !== 'string') return undefined;
  return before === '' ? name : `${before}.${name}`;
}

function choice({ args }: Of<'?:'>, place: Place): SqlPart {
  const [condition, then, otherwise] = args.map((arg) => compile(arg, place)) as [SqlPart, SqlPart, SqlPart];
  const kind = commonKind(args.slice(1), [then, otherwise], 'cannot both be given');
  if (kind === 'list' || kind === 'json') refuseNode(args[1], 'a list or a JSON value cannot be given');
  const test = valueAs(args[0], condition, ['boolean']);
  const [a, b] = [valueAs(args[1], then, [kind]), valueAs(args[2], otherwise, [kind])];
  const value = sql`(case when ${test} then ${a} else ${b} end)`;
  return { kind, value: kind === 'text' ? asText(value) : value };
}

function between(node: Node, place: Place): SqlPart {
  const { args } = node as Of<'+'>;
  const operator = sqlOperators[node.op];
  if (!operator) return refuseNode(node, 'objects are not made here');
  return operator(node, args, [compile(args[0], place), compile(args[1], place)]);
}
