import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { refuse } from '#lib/datasets/lookup.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { Plan } from '#lib/exports/query/compile.ts';
import { itemReader, itemsOf } from '#lib/exports/shape/items.ts';

const MAX_ITEMS = 100;
const MAX_FIELDS = 50;

const options = z.strictObject({
  fields: z.array(z.string().min(1)).min(1).max(MAX_FIELDS).optional().meta({
    description: 'The parts of an item, such as `sku`; all that any item has where absent.',
  }),
  prefix: z.string().min(1).max(100).default('item').meta({
    description: 'What the columns’ names begin with: `item_1_sku`.',
  }),
  most: z.int().min(1).max(MAX_ITEMS).default(20).meta({
    description: 'At most so many items become columns. A warning says how many rows have more.',
  }),
});
export type FlattenOptions = z.infer<typeof options>;

/** The one transform that makes several columns of one. */
export const flatten = {
  id: 'flatten',
  label: 'A column for each part of each item',
  description: 'Makes columns of a list: `item_1_sku`, `item_1_quantity`, `item_2_sku` and so on.',
  accepts: ['json'] as readonly ColumnType[],
  options,
};

/** Rows whose lists become columns: a cell of each column of a plan, and whether the row is in the file. */
export type ListRows = RawBuilder<unknown>;

/** All rows of a plan. */
export function plannedRows(plan: Plan): ListRows {
  return sql`select p.*, true from (${plan.select()}) as p`;
}

/** What the lists of a column hold, in the rows of a plan. */
export interface ListExtent {
  /** Of the longest list, but no more than were asked for. */
  readonly items: number;
  readonly fields: readonly string[];
  /** How many rows of the file have longer lists. */
  readonly longer: number;
}

/** Looks through all rows; throws `invalid` where items have more parts than columns could be made of. */
export async function listExtent(
  { db }: Tx,
  listed: { readonly rows: ListRows; readonly columns: number },
  place: number,
  { fields, most }: FlattenOptions,
): Promise<ListExtent> {
  const names = Array.from({ length: listed.columns }, (_, at) => sql.id(`c${at}`));
  const rows = sql`(${listed.rows}) as q (${sql.join([...names, sql.id('written')])})`;
  const list = listSql(sql`cast(${sql.id('q', `c${place}`)} as jsonb)`);
  const { rows: found } = await sql<{ items: number | null; longer: string }>`
    select max(jsonb_array_length(${list})) as items,
      count(*) filter (where q.written and jsonb_array_length(${list}) > ${sql.lit(most)}) as longer
    from ${rows}`.execute(db);
  return {
    items: Math.min(found[0]?.items ?? 0, most),
    longer: Number(found[0]?.longer ?? 0),
    fields: fields ?? (await fieldsIn(db, rows, list, place)),
  };
}

async function fieldsIn(
  db: Tx['db'],
  rows: RawBuilder<unknown>,
  list: RawBuilder<unknown>,
  place: number,
): Promise<string[]> {
  const { rows: found } = await sql<{ name: string }>`
    select distinct f.name collate "C" as name
    from ${rows}, jsonb_array_elements(${list}) as i (item),
      jsonb_object_keys(case when jsonb_typeof(i.item) = 'object' then i.item else '{}'::jsonb end) as f (name)
    order by 1 limit ${sql.lit(MAX_FIELDS + 1)}`.execute(db);
  if (found.length > MAX_FIELDS) {
    refuse(
      `columns.${place}.transform.options.fields`,
      `the items have more than ${MAX_FIELDS} different parts: name those that are to become columns`,
    );
  }
  return found.map(({ name }) => name);
}

function listSql(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when jsonb_typeof(${value}) = 'array' then ${value} else '[]'::jsonb end`;
}

/** A column that is made of a list: what it is called, and its cell. */
export interface FlatColumn {
  readonly header: string;
  cell(list: CellText): CellText;
}

/** The columns that a list is made into; one for each item where items have no parts, and one at least. */
export function flatColumns(
  { prefix }: FlattenOptions,
  { items, fields }: Pick<ListExtent, 'items' | 'fields'>,
): FlatColumn[] {
  const itemsIn = lastOnce(itemsOf);
  return Array.from({ length: Math.max(1, items) }, (_, at) =>
    (fields.length === 0 ? [''] : fields).map((path) => {
      const read = itemReader(path);
      const header = `${prefix}_${at + 1}${path === '' ? '' : `_${path}`}`;
      return { header, cell: (list: CellText) => read(itemsIn(list)?.[at]) ?? null };
    }),
  ).flat();
}

/** Remembers the last answer: the columns of one list come one after another. */
function lastOnce<Given, Found>(find: (given: Given) => Found): (given: Given) => Found {
  let last: { readonly given: Given; readonly found: Found } | undefined;
  return (given) => {
    if (!last || last.given !== given) last = { given, found: find(given) };
    return last.found;
  };
}
