import { type RawBuilder, sql } from 'kysely';
import { columnSql, keyNames, liveRowsSql, rowKey } from './cells.ts';
import { follow, type Step } from './follow.ts';
import { type ColumnLookup, refuse } from './lookup.ts';
import type { Dataset } from './registry.ts';

type Sql = RawBuilder<unknown>;

/** A dataset's columns with those that its relations lead to, and the joins for what was looked up so far. */
export interface RelatedColumns {
  /** Finds `total`, and along relations `vendor.name` and `lines.item.name`. */
  readonly columnOf: ColumnLookup;
  /** ` left join …`, to stand behind the dataset's own rows; nothing where no relation was followed. */
  joins(): Sql;
  /** What tells the rows apart that one row of the dataset has become, by the relations that lead to them. */
  furtherKeys(): ReadonlyMap<string, readonly Sql[]>;
  isJoined(): boolean;
  /** The relation of which each row has become one, as `lines`; empty where it is the dataset itself. */
  manyPath(): string;
  /** Of which relation each row has its own value of a column; empty where it is the dataset itself. */
  manyPathOf(name: string): string;
}

interface Join extends Step {
  readonly alias: string;
  readonly parent: string;
  /** The columns that are needed of it. */
  readonly used: Set<string>;
}

/**
 * Looks columns up in `dataset` and, along its relations, in the others of `datasets`. A row without a related one
 * has nulls there; with several it is repeated for each. Throws `invalid`, naming column and place, where a name leads
 * nowhere, or to the many rows of a second relation, whose rows would be multiplied with those of the first.
 */
export function relatedColumns(
  dataset: Dataset,
  datasets: readonly Dataset[],
  workspaceId: string,
): RelatedColumns {
  const joins = new Map<string, Join>();
  return {
    columnOf: (name, path) => {
      const { steps, column } = follow(name, dataset, datasets, path);
      if (steps.length === 0) return { column, value: columnSql(column.name) };
      const { alias, used } = addJoins(joins, steps, path);
      used.add(column.name);
      const prefix = pathOf(steps);
      const currency = column.currency && { currency: `${prefix}.${column.currency}` };
      return { column: { ...column, ...currency, name }, value: sql.id(alias, column.name) };
    },
    joins: () =>
      sql.join(
        [...joins.values()].map((join) => joinSql(join, workspaceId)),
        sql``,
      ),
    furtherKeys: () =>
      new Map(manyOf(joins).map(([path, { alias, target }]) => [path, rowKey(target, alias)])),
    isJoined: () => joins.size > 0,
    manyPath: () => manyOf(joins).at(-1)?.[0] ?? '',
    manyPathOf: (name) => {
      const { steps } = follow(name, dataset, datasets, name);
      return pathOf(steps.slice(0, steps.findLastIndex(({ relation }) => relation.kind === 'many') + 1));
    },
  };
}

function pathOf(steps: readonly Step[]): string {
  return steps.map(({ relation }) => relation.name).join('.');
}

function manyOf(joins: ReadonlyMap<string, Join>): [path: string, Join][] {
  return [...joins].filter(([, { relation }]) => relation.kind === 'many');
}

/** Sees to the joins that lead to the end of `steps`, and gives the last. */
function addJoins(joins: Map<string, Join>, steps: readonly Step[], path: string): Join {
  let last: Join | undefined;
  for (const [place, step] of steps.entries()) {
    const key = pathOf(steps.slice(0, place + 1));
    const join = joins.get(key) ?? newJoin(step, last?.alias ?? 'r', `j${joins.size + 1}`);
    if (step.relation.kind === 'many') requireOneChain(joins, key, path);
    for (const { from } of step.relation.columns) last?.used.add(from);
    joins.set(key, join);
    last = join;
  }
  return last as Join;
}

function newJoin(step: Step, parent: string, alias: string): Join {
  return { ...step, parent, alias, used: new Set(step.relation.columns.map(({ to }) => to)) };
}

/** Lines of an order and receipts of the order know nothing of each other; receipts of a line do. */
function requireOneChain(joins: ReadonlyMap<string, Join>, key: string, path: string): void {
  for (const [other, { relation }] of joins) {
    const isOneChain = `${key}.`.startsWith(`${other}.`) || `${other}.`.startsWith(`${key}.`);
    if (relation.kind === 'one' || isOneChain) continue;
    refuse(
      path,
      `"${other}" and "${key}" have many rows each, which would be multiplied: ask for them one at a time`,
    );
  }
}

function joinSql({ alias, parent, relation, target, used }: Join, workspaceId: string): Sql {
  const pairs = relation.columns.map(({ from, to }) => sql`${sql.id(alias, to)} = ${sql.id(parent, from)}`);
  const source = sql`${sql.id(alias, 'source_id')} = ${sql.id(parent, 'source_id')}`;
  const on = sql.join(relation.sameSource ? [...pairs, source] : pairs, sql` and `);
  return sql` left join (${relatedRows({ relation, target, used }, workspaceId)}) as ${sql.id(alias)} on ${on}`;
}

/** The rows to join with; of those of which a `one` would find several, the first by its key. */
function relatedRows({ relation, target, used }: Omit<Join, 'alias' | 'parent'>, workspaceId: string): Sql {
  const columns = [...new Set([...used, ...keyNames(target)])].map(columnSql);
  const rows = sql`${sql.join(columns)} ${liveRowsSql(target, workspaceId)}`;
  if (relation.kind === 'many') return sql`select ${rows}`;
  const same = [...relation.columns.map(({ to }) => to), ...(relation.sameSource ? ['source_id'] : [])].map(
    columnSql,
  );
  return sql`select distinct on (${sql.join(same)}) ${rows} order by ${sql.join([...same, ...rowKey(target)])}`;
}
