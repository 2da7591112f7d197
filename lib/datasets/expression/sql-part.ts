import { type RawBuilder, sql } from 'kysely';
import { type Node, refuseNode } from './syntax.ts';

export type Sql = RawBuilder<unknown>;

/** What a part of an expression gives in SQL; every one is known before a row is read. */
export type SqlKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'timestamp'
  | 'duration'
  | 'json'
  | 'list'
  | 'null';

/** A part of an expression as SQL. */
export interface SqlPart {
  readonly kind: SqlKind;
  readonly value: Sql;
  /** What is written there, where it is a text in quotes. */
  readonly quoted?: string;
  /** What a list holds. */
  readonly items?: readonly SqlPart[];
}

const words: Readonly<Record<SqlKind, string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  date: 'a date',
  timestamp: 'a time',
  duration: 'a duration',
  json: 'a JSON value',
  list: 'a list',
  null: 'no value',
};

const hints: Partial<Record<SqlKind, Partial<Record<SqlKind, string>>>> = {
  text: {
    number: 'decimal(…) reads one out of a text',
    date: 'write date("2026-01-31")',
    timestamp: 'write timestamp("2026-01-31T08:00:00Z")',
    boolean: 'bool(…) reads one out of a text',
  },
  number: { text: 'string(…) makes one of a number' },
  timestamp: { date: 'date(…, "Europe/Berlin") gives the day' },
  date: { timestamp: 'timestamp(…, "Europe/Berlin") gives its beginning' },
};

/** A kind in words: `a text`. */
export function sqlKindWords(kind: SqlKind): string {
  return words[kind];
}

/** How a value of one kind becomes one of another, as the end of a sentence; empty where there is no way. */
function conversionHint(from: SqlKind, to: SqlKind): string {
  const hint = hints[from]?.[to];
  return hint ? `: ${hint}` : '';
}

/** The value of a part that must be of one of the kinds. Throws `ExpressionProblem` where it is of another. */
export function valueAs(node: Node, part: SqlPart, wanted: readonly SqlKind[]): Sql {
  const [first = 'text'] = wanted;
  if (part.kind === 'null') return nothing(first);
  if (wanted.includes(part.kind)) return part.value;
  return refuseNode(
    node,
    `${wanted.map(sqlKindWords).join(' or ')} is needed here, and this is ${words[part.kind]}${conversionHint(part.kind, first)}`,
  );
}

/** The kind that several parts have, nothing fitting each; `null` where they are all nothing. Throws where they differ. */
export function commonKind(nodes: readonly Node[], parts: readonly SqlPart[], problem: string): SqlKind {
  const known = parts.findIndex(({ kind }) => kind !== 'null');
  const kind = parts[known]?.kind ?? 'null';
  const other = parts.findIndex((part) => part.kind !== 'null' && part.kind !== kind);
  if (other !== -1) {
    const { kind: found } = parts[other] as SqlPart;
    const hint =
      kind === 'text'
        ? conversionHint(kind, found)
        : conversionHint(found, kind) || conversionHint(kind, found);
    refuseNode(nodes[other] as Node, `${words[kind]} and ${words[found]} ${problem}${hint}`);
  }
  return kind;
}

/** The Postgres type of a kind's values; a list and a JSON value are never computed with. */
const sqlTypes = {
  text: 'text',
  number: 'numeric',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamptz',
  duration: 'interval',
  json: 'jsonb',
  list: 'text',
  null: 'text',
} as const satisfies Record<SqlKind, string>;

/** A value that is bound as text, of a kind. */
export function bound(text: string, kind: SqlKind): Sql {
  const value = sql`cast(${text} as ${sql.raw(sqlTypes[kind])})`;
  return kind === 'text' ? asText(value) : value;
}

/** No value, of a kind. */
export function nothing(kind: SqlKind): Sql {
  return sql`cast(null as ${sql.raw(sqlTypes[kind])})`;
}

/** A text that is compared by its bytes, so that every server agrees. */
export function asText(value: Sql): Sql {
  return sql`(${value}) collate "C"`;
}

/**
 * SQL that names values more than once, each computed once: without the fence Postgres would write them out as
 * often as they are named, and an expression of forty levels would have 2^40 parts.
 */
export function withValues<const Values extends readonly Sql[]>(
  values: Values,
  use: (...named: { [Place in keyof Values]: Sql }) => Sql,
): Sql {
  const names = values.map((_, place) => sql.id('o', `v${place}`)) as { [Place in keyof Values]: Sql };
  const given = values.map((value, place) => sql`${value} as ${sql.id(`v${place}`)}`);
  return sql`(select ${use(...names)} from (select ${sql.join(given)} offset 0) as o)`;
}
