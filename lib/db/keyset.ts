import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { isBadValue } from './sql-state.ts';

/** How many of a list, and from which `nextCursor` on. */
export interface ListQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface ListPage<Item> {
  readonly items: Item[];
  /** Null after the last. */
  readonly nextCursor: string | null;
}

interface Listed {
  readonly id: string;
  readonly createdAt: string;
}

const position = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([\da-f-]{36}|\d{1,19})$/;

/** A page of rows in the order of when they were made. Throws `bad_request` for a cursor that no list gave. */
export async function keysetPage<DB, TB extends keyof DB, Item extends Listed>(
  rows: SelectQueryBuilder<DB, TB, Item>,
  { limit, cursor }: ListQuery,
  direction: 'asc' | 'desc',
): Promise<ListPage<Item>> {
  const found = await rows
    .where(cursor === undefined ? sql<SqlBool>`true` : beyond(cursor, direction))
    .orderBy(sql`created_at`, direction)
    .orderBy(sql`id`, direction)
    .limit(limit + 1)
    .execute()
    .catch((cause: unknown) => {
      throw cursor !== undefined && isBadValue(cause) ? unknownCursor(cause) : cause;
    });
  return pageOf(found as Item[], limit, cursorAfter);
}

/** The first `limit` of what a list was asked for, which is one more, to know whether there are any. */
export function pageOf<Item>(
  found: readonly Item[],
  limit: number,
  cursorAfter: (last: Item) => string,
): ListPage<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && found.length > limit ? cursorAfter(last) : null };
}

function cursorAfter({ createdAt, id }: Listed): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url');
}

function beyond(cursor: string, direction: 'asc' | 'desc') {
  const [, createdAt, id] = position.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!createdAt) throw unknownCursor();
  const beyond = sql.raw(direction === 'asc' ? '>' : '<');
  return sql<SqlBool>`(created_at, id) ${beyond} (${createdAt}, ${id})`;
}

function unknownCursor(cause?: unknown): EntrepotError {
  return new EntrepotError('bad_request', 'This cursor is not one that this list gave.', { cause });
}
