import { sql } from 'kysely';
import {
  asText,
  commonKind,
  nothing,
  type Sql,
  type SqlKind,
  type SqlPart,
  sqlKindWords,
  valueAs,
} from './sql-part.ts';
import { type Node, refuseNode } from './syntax.ts';

type Operator = (node: Node, nodes: readonly [Node, Node], parts: readonly [SqlPart, SqlPart]) => SqlPart;

/** 34 digits, rounded half away from zero, as the quotients that are not computed in SQL. */
const QUOTIENT_FORM = `9.${'9'.repeat(33)}EEEE`;
/** So many places of a quotient are computed before it is rounded: more than the digits of any two real numbers. */
const QUOTIENT_PLACES = '0e-400';

/** The operators between two parts, each of which throws `ExpressionProblem` where its parts do not fit. */
export const sqlOperators: Readonly<Record<string, Operator>> = {
  '+': sum,
  '-': difference,
  '*': calculation((a, b) => sql`(${a} * ${b})`),
  '/': calculation(quotient),
  '%': calculation((a, b) => sql`(${a} % nullif(${b}, 0))`),
  '<': order(sql`<`),
  '<=': order(sql`<=`),
  '>': order(sql`>`),
  '>=': order(sql`>=`),
  '==': equality(sql`is not distinct from`),
  '!=': equality(sql`is distinct from`),
  in: membership,
  '&&': logic(sql`and`),
  '||': logic(sql`or`),
};

function calculation(calculate: (a: Sql, b: Sql) => Sql): Operator {
  return (_, nodes, parts) => ({ kind: 'number', value: calculate(...both(nodes, parts, 'number')) });
}

function logic(operator: Sql): Operator {
  return (_, nodes, parts) => {
    const [a, b] = both(nodes, parts, 'boolean');
    return { kind: 'boolean', value: sql`(${a} ${operator} ${b})` };
  };
}

function both(nodes: readonly [Node, Node], parts: readonly [SqlPart, SqlPart], kind: SqlKind): [Sql, Sql] {
  return [valueAs(nodes[0], parts[0], [kind]), valueAs(nodes[1], parts[1], [kind])];
}

/** What is not finite has no digits, and is no value. */
function quotient(a: Sql, b: Sql): Sql {
  const exact = sql`(${a} + cast(${QUOTIENT_PLACES} as numeric)) / nullif(${b}, 0)`;
  const digits = sql`substring(to_char(${exact}, ${QUOTIENT_FORM}) from '^[^#]+$')`;
  return sql`trim_scale(cast(${digits} as numeric))`;
}

const sums: readonly SqlKind[] = ['number', 'text'];

function sum(node: Node, nodes: readonly [Node, Node], parts: readonly [SqlPart, SqlPart]): SqlPart {
  const moved = movedTime(nodes, parts, sql`+`) ?? movedTime(swapped(nodes), swapped(parts), sql`+`);
  if (moved) return moved;
  const kind = commonKind(nodes, parts, 'cannot be added');
  if (kind !== 'null' && !sums.includes(kind)) refuseNode(node, `${sqlKindWords(kind)} cannot be added to`);
  const [a, b] = both(nodes, parts, kind === 'null' ? 'number' : kind);
  return kind === 'text'
    ? { kind, value: asText(sql`${a} || ${b}`) }
    : { kind: 'number', value: sql`(${a} + ${b})` };
}

function difference(_: Node, nodes: readonly [Node, Node], parts: readonly [SqlPart, SqlPart]): SqlPart {
  const moved = movedTime(nodes, parts, sql`-`);
  if (moved) return moved;
  const [a, b] = both(nodes, parts, 'number');
  return { kind: 'number', value: sql`(${a} - ${b})` };
}

function movedTime(
  nodes: readonly [Node, Node],
  [time, duration]: readonly [SqlPart, SqlPart],
  operator: Sql,
): SqlPart | undefined {
  if (duration.kind !== 'duration') return undefined;
  return {
    kind: 'timestamp',
    value: sql`(${valueAs(nodes[0], time, ['timestamp'])} ${operator} ${duration.value})`,
  };
}

function swapped<Item>([one, other]: readonly [Item, Item]): [Item, Item] {
  return [other, one];
}

const ordered: readonly SqlKind[] = ['number', 'text', 'date', 'timestamp'];

function order(operator: Sql): Operator {
  return (node, nodes, parts) => {
    const kind = commonKind(nodes, parts, 'cannot be compared');
    if (kind === 'null') return { kind: 'boolean', value: nothing('boolean') };
    if (!ordered.includes(kind))
      refuseNode(node, `${sqlKindWords(kind)} is neither more nor less than another`);
    const [a, b] = both(nodes, parts, kind);
    return { kind: 'boolean', value: sql`(${a} ${operator} ${b})` };
  };
}

function equality(operator: Sql): Operator {
  return (node, nodes, parts) => {
    const kind = commonKind(nodes, parts, 'cannot be compared');
    const withNothing = parts.some((part) => part.kind === 'null');
    if (kind === 'list' || kind === 'duration' || (kind === 'json' && !withNothing)) {
      refuseNode(node, `${sqlKindWords(kind)} can only be compared with null`);
    }
    const [a, b] = both(nodes, parts, kind === 'null' ? 'text' : kind);
    return { kind: 'boolean', value: sql`(${a} ${operator} ${b})` };
  };
}

/** As `==` with each item: never null itself. */
function membership(
  _: Node,
  [node, listNode]: readonly [Node, Node],
  [sought, list]: readonly [SqlPart, SqlPart],
): SqlPart {
  const { items } = list;
  if (!items || listNode.op !== 'list') {
    return refuseNode(listNode, 'a list is needed here, as in status in ["new", "updated"]');
  }
  const kind = commonKind([node, ...listNode.args], [sought, ...items], 'cannot be compared');
  if (items.length === 0) return { kind: 'boolean', value: sql`false` };
  if (kind === 'json') refuseNode(node, 'a JSON value can only be compared with null');
  const wanted = kind === 'null' ? 'text' : kind;
  const among = sql.join(items.map((item, place) => valueAs(listNode.args[place] as Node, item, [wanted])));
  const value = valueAs(node, sought, [wanted]);
  const areValues = listNode.args.every(({ op, args }) => op === 'value' && args !== null);
  return {
    kind: 'boolean',
    value: areValues
      ? sql`coalesce(${value} in (${among}), false)`
      : sql`(array_position(array[${among}], ${value}) is not null)`,
  };
}
