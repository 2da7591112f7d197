import { sql } from 'kysely';
import { postgresPattern } from '#lib/datasets/regular-expression.ts';
import { argument, type Call, type SqlCallable, type SqlCallables } from './sql-callable.ts';
import {
  asText,
  bound,
  commonKind,
  nothing,
  type Sql,
  type SqlKind,
  type SqlPart,
  withValues,
} from './sql-part.ts';
import { type Node, refuseNode } from './syntax.ts';

/** What a text that spells a number looks like, and how long it may be. */
const NUMBER_FORM = '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$';
const LONGEST_NUMBER = sql.lit(202);
const MOST_PLACES = sql.lit(100_000);
/** In characters. */
const LONGEST_TEXT = sql.lit(100_000);
const MOST_ARGUMENTS = 20;
/** What `trim()` takes off, as ECMAScript's does. */
const BLANKS =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

const scalars: readonly SqlKind[] = ['text', 'number', 'boolean', 'date', 'timestamp'];

/** What is called by its name: `round(price, 2)`. */
export const sqlFunctions: SqlCallables = {
  string: { takes: [1, 1], form: 'string(value)', sql: textOf },
  decimal: { takes: [1, 1], form: 'decimal(text)', sql: (call) => number(numberOf(call)) },
  int: { takes: [1, 1], form: 'int(value)', sql: (call) => number(sql`trunc(${numberOf(call)})`) },
  bool: { takes: [1, 1], form: 'bool(text)', sql: truthOf },
  coalesce: { takes: [1, MOST_ARGUMENTS], form: 'coalesce(value, …)', sql: firstOf },
  has: { takes: [1, 1], form: 'has(column)', sql: isThere },
  size: { takes: [1, 1], form: 'size(text)', sql: sizeOf },
  abs: {
    takes: [1, 1],
    form: 'abs(number)',
    sql: (call) => number(sql`abs(${argument(call, 0, 'number')})`),
  },
  round: { takes: [1, 2], form: 'round(number, places)', sql: rounded },
  min: { takes: [1, MOST_ARGUMENTS], form: 'min(number, …)', sql: extreme(sql`asc`) },
  max: { takes: [1, MOST_ARGUMENTS], form: 'max(number, …)', sql: extreme(sql`desc`) },
};

/** What is called behind a dot: `name.contains("x")`. */
export const sqlMethods: SqlCallables = {
  size: { takes: [1, 1], form: 'text.size()', sql: sizeOf },
  contains: test('contains', (text, part) => sql`(strpos(${text}, ${part}) > 0)`),
  startsWith: test('startsWith', (text, part) => sql`starts_with(${text}, ${part})`),
  endsWith: test('endsWith', (text, part) => sql`starts_with(reverse(${text}), reverse(${part}))`),
  matches: { takes: [2, 2], form: 'text.matches("^A[0-9]+$")', sql: matches },
  indexOf: { takes: [2, 2], form: 'text.indexOf("part")', sql: placeOf },
  substring: { takes: [2, 3], form: 'text.substring(from, to)', sql: slice },
  replace: { takes: [3, 3], form: 'text.replace("this", "that")', sql: replaced },
  trim: change('trim', (value) => sql`btrim(${value}, ${BLANKS})`),
  // By Unicode alone, whatever the locale of the database: Supabase builds Postgres with ICU, as all packages of it are.
  lower: change('lower', (value) => sql`lower(${value} collate "und-x-icu")`),
  upper: change('upper', (value) => sql`upper(${value} collate "und-x-icu")`),
};

function number(value: Sql): SqlPart {
  return { kind: 'number', value };
}

function text(value: Sql): SqlPart {
  return { kind: 'text', value: asText(value) };
}

function test(name: string, holds: (text: Sql, part: Sql) => Sql): SqlCallable {
  return {
    takes: [2, 2],
    form: `text.${name}("part")`,
    sql: (call) => ({ kind: 'boolean', value: holds(argument(call, 0, 'text'), argument(call, 1, 'text')) }),
  };
}

function change(name: string, changed: (value: Sql) => Sql): SqlCallable {
  return { takes: [1, 1], form: `text.${name}()`, sql: (call) => text(changed(argument(call, 0, 'text'))) };
}

function textOf(call: Call): SqlPart {
  const value = argument(call, 0, ...scalars);
  if (call.parts[0]?.kind !== 'timestamp') return text(sql`cast(${value} as text)`);
  return text(sql`replace(cast(cast(${value} as timestamp) as text), ' ', 'T') || 'Z'`);
}

/** A text that spells no number is none. */
function numberOf(call: Call): Sql {
  const value = argument(call, 0, 'number', 'text');
  if (call.parts[0]?.kind !== 'text') return value;
  return withValues(
    [value],
    (given) =>
      sql`case when length(${given}) <= ${LONGEST_NUMBER} and ${given} ~ ${NUMBER_FORM} then cast(${given} as numeric) end`,
  );
}

function truthOf(call: Call): SqlPart {
  const value = argument(call, 0, 'boolean', 'text');
  if (call.parts[0]?.kind !== 'text') return { kind: 'boolean', value };
  return {
    kind: 'boolean',
    value: sql`(case lower(${value}) when 'true' then true when 't' then true when 'yes' then true when '1' then true
      when 'false' then false when 'f' then false when 'no' then false when '0' then false end)`,
  };
}

/** An empty text is passed over, as no value is. */
function firstOf(call: Call): SqlPart {
  const kind = commonKind(call.nodes, call.parts, 'cannot both be given');
  const values = call.parts.map((_, place) => argument(call, place, ...scalars));
  if (kind === 'null') return { kind, value: nothing('text') };
  if (kind !== 'text') return { kind, value: sql`coalesce(${sql.join(values)})` };
  return text(sql`coalesce(${sql.join(values.map((value) => sql`nullif(${value}, '')`))})`);
}

function isThere({ parts: [part], nodes: [node] }: Call): SqlPart {
  if (part?.kind === 'list' || part?.kind === 'duration') refuseNode(node as Node, 'a column is needed here');
  return { kind: 'boolean', value: sql`(${part?.value} is not null)` };
}

function sizeOf(call: Call): SqlPart {
  return number(sql`cast(length(${argument(call, 0, 'text')}) as numeric)`);
}

/** A place that is not counted by a whole number is none. */
function isPlace(value: Sql): Sql {
  return sql`${value} between 0 and ${MOST_PLACES} and ${value} = trunc(${value})`;
}

function rounded(call: Call): SqlPart {
  const value = argument(call, 0, 'number');
  if (call.parts.length === 1) return number(sql`round(${value})`);
  return number(
    withValues(
      [value, argument(call, 1, 'number')],
      (given, places) =>
        sql`case when ${isPlace(places)} then round(${given}, least(cast(${places} as integer), scale(${given}))) end`,
    ),
  );
}

/** Nothing among them makes nothing of them. Of numbers that are equal it is the first, with its places behind the point. */
function extreme(order: Sql): (call: Call) => SqlPart {
  return (call) => {
    const values = call.parts.map((_, place) => argument(call, place, 'number'));
    return number(
      sql`(select case when count(*) = count(o.v) then (array_agg(o.v order by o.v ${order}, o.place))[1] end
        from unnest(array[${sql.join(values)}]) with ordinality as o(v, place))`,
    );
  };
}

function matches(call: Call): SqlPart {
  const pattern = call.parts[1]?.quoted;
  if (pattern === undefined)
    return refuseNode(call.nodes[1] as Node, 'a regular expression in quotes is needed');
  const read = postgresPattern(pattern);
  if (typeof read !== 'string')
    return refuseNode(call.nodes[1] as Node, `the regular expression ${read.reason}`);
  return { kind: 'boolean', value: sql`(${argument(call, 0, 'text')} ~ ${bound(read, 'text')})` };
}

function placeOf(call: Call): SqlPart {
  return number(sql`cast(strpos(${argument(call, 0, 'text')}, ${argument(call, 1, 'text')}) - 1 as numeric)`);
}

function slice(call: Call): SqlPart {
  const from = argument(call, 1, 'number');
  const to = call.parts.length === 3 ? argument(call, 2, 'number') : sql`cast(${MOST_PLACES} as numeric)`;
  return text(
    withValues(
      [argument(call, 0, 'text'), from, to],
      (value, start, end) => sql`case when ${isPlace(start)} and ${isPlace(end)}
        then substring(${value} from cast(${start} as integer) + 1 for greatest(cast(${end} - ${start} as integer), 0)) end`,
    ),
  );
}

/** Null where the text would become too long: each replacement may make it ten times as long as the one before. */
function replaced(call: Call): SqlPart {
  return text(
    withValues(
      [argument(call, 0, 'text'), argument(call, 1, 'text'), argument(call, 2, 'text')],
      (value, find, other) => {
        const count = sql`(length(${value}) - length(replace(${value}, ${find}, ''))) / nullif(length(${find}), 0)`;
        const longer = sql`cast(${count} as bigint) * (length(${other}) - length(${find}))`;
        return sql`case when length(${value}) + ${longer} <= ${LONGEST_TEXT} then replace(${value}, ${find}, ${other}) end`;
      },
    ),
  );
}
