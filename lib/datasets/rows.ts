import { type RawBuilder, sql } from 'kysely';
import type { CellText, Column } from '#lib/core/columns.ts';
import { decodeCursor, encodeCursor, notOurCursor } from '#lib/core/cursor.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import type { ListPage } from '#lib/db/keyset.ts';
import { isBadValue, isTimeout } from '#lib/db/sql-state.ts';
import { cellSql, comparableSql, postgresTypes, rowKey } from './cells.ts';
import { foundRowsSql, type RowsSought } from './found-rows.ts';
import { type Dataset, findDataset } from './registry.ts';
import { rowDecoder } from './row.ts';
import { originOf, originSql, type RowOrigin } from './row-origin.ts';
import { requireView } from './views.ts';

interface RowsQuery extends RowsSought {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** `field:asc` or `field:desc`; in the order of the rows' keys where absent. */
  readonly sort?: string | undefined;
  /** Whether to say where each row comes from. */
  readonly origins?: boolean | undefined;
}

interface RowsPage extends ListPage<unknown> {
  /** Of each item, where asked for. */
  readonly origins?: RowOrigin[];
}

interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}

interface FoundRow {
  readonly cells: CellText[];
  /** The values that the order is by, the row's key last; none of a view's. */
  readonly position: (string | null)[];
  readonly origin: (string | null)[] | null;
}

/**
 * A page of a dataset's rows as JSON writes them, every column under its name. Nulls come last whichever the
 * direction. Rows that change meanwhile may come twice or not at all; the others come once. The rows of a view have no
 * name to go on from and are counted through: one that comes or goes meanwhile moves those behind it.
 */
export async function listRows(acting: Acting, name: string, query: RowsQuery): Promise<RowsPage> {
  const { dataset, found } = await asMember(acting, async (tx) => {
    const dataset = await findDataset(tx, name);
    await requireView(tx, dataset);
    const select = selectRows(dataset, acting.workspaceId, query);
    const { rows } = await select.execute(tx.db).catch((error: unknown) => {
      if (isTimeout(error)) throw tookTooLong(error);
      // Of a query's values only the cursor's were not checked, and only they can fail to be of their column's type.
      throw query.cursor !== undefined && isBadValue(error) ? notOurCursor() : error;
    });
    return { dataset, found: rows };
  });
  const values = rowDecoder(dataset);
  const rows = found.slice(0, query.limit);
  const last =
    dataset.kind === 'view' ? [String(rowsBefore(query.cursor) + rows.length)] : rows.at(-1)?.position;
  return {
    items: rows.map(({ cells }) => values(cells)),
    nextCursor: last && found.length > query.limit ? encodeCursor(last) : null,
    ...(query.origins &&
      dataset.kind !== 'view' && { origins: rows.map(({ origin }) => originOf(origin ?? [])) }),
  };
}

function selectRows(dataset: Dataset, workspaceId: string, query: RowsQuery): RawBuilder<FoundRow> {
  const sort = query.sort === undefined ? undefined : sortOf(dataset, query.sort);
  const cells = dataset.columns.map((column) => sql`${cellSql(column)}::text`);
  const sorted = sort ? sql`${cellSql(sort.column)}::text, ` : sql``;
  const order = sql.join([...(sort ? [orderTerm(sort)] : []), ...rowKey(dataset)]);
  const found = foundRowsSql(dataset, workspaceId, query);
  const limit = sql.lit(query.limit + 1);
  if (dataset.kind === 'view') {
    return sql`select array[${sql.join(cells)}] as cells, '{}'::text[] as position, null as origin
      ${found} order by ${order} limit ${limit} offset ${sql.lit(rowsBefore(query.cursor))}`;
  }
  const beyond = query.cursor === undefined ? sql`` : sql` and ${past(query.cursor, sort, dataset)}`;
  return sql`select array[${sql.join(cells)}] as cells,
      array[${sorted}r.source_id::text, r.stream, r.external_id] as position,
      ${query.origins ? originSql(dataset) : sql`null`} as origin
    ${found}${beyond}
    order by ${order} limit ${limit}`;
}

function sortOf(dataset: Dataset, sort: string): Sort {
  const [, name, direction] = /^(.+?)(?::(asc|desc))?$/s.exec(sort) ?? [];
  const column = dataset.columns.find((each) => each.name === name && each.type !== 'json');
  if (column) return { column, descending: direction === 'desc' };
  const problem = 'must be a column that is not json, with :asc or :desc behind it';
  throw new EntrepotError('invalid', `The rows cannot be sorted by "${sort}": it ${problem}.`, {
    fields: { sort: problem },
  });
}

function orderTerm({ column, descending }: Sort): RawBuilder<unknown> {
  return sql`${comparableSql(column)} ${descending ? sql`desc` : sql`asc`} nulls last`;
}

/** Of a view, whose rows have no name to go on from: how many were listed. */
function rowsBefore(cursor: string | undefined): number {
  const [text] = cursor === undefined ? ['0'] : decodeCursor(cursor, 1);
  if (text && /^\d{1,9}$/.test(text)) return Number(text);
  throw notOurCursor();
}

function past(cursor: string, sort: Sort | undefined, dataset: Dataset): RawBuilder<unknown> {
  const values = decodeCursor(cursor, sort ? 4 : 3);
  const [source, stream, externalId] = values.slice(-3);
  const pastKey = sql`(${sql.join(rowKey(dataset))}) > (cast(${source} as uuid), ${stream}, ${externalId})`;
  if (!sort) return pastKey;
  const column = comparableSql(sort.column);
  const [text] = values;
  if (text === null) return sql`(${column} is null and ${pastKey})`;
  const value = sql`cast(${text} as ${sql.raw(postgresTypes[sort.column.type])})`;
  const beyond = sort.descending ? sql`<` : sql`>`;
  return sql`(${column} ${beyond} ${value} or ${column} is null or (${column} = ${value} and ${pastKey}))`;
}

function tookTooLong(cause: unknown): EntrepotError {
  const message =
    'The database took too long to find these rows. Look for fewer by a filter, or sort them otherwise.';
  return new EntrepotError('unavailable', message, { cause });
}
