import { sql } from 'kysely';
import type { ColumnType } from '#lib/core/columns.ts';
import type { Tx } from '#lib/db/transaction.ts';

/** A view as the catalogue describes it to the acting role. */
export interface FoundView {
  readonly isView: boolean;
  /** Whether it reads its tables with the rights of whoever asks. */
  readonly asInvoker: boolean;
  /** Whether the acting role has been granted it. */
  readonly isGranted: boolean;
  /** Whether it has a column `workspace_id` of the type uuid. */
  readonly hasWorkspace: boolean;
  /** All others, in their order. */
  readonly columns: readonly { readonly name: string; readonly type: ColumnType }[];
}

interface CatalogueRow {
  readonly relkind: string;
  readonly asInvoker: boolean;
  readonly isGranted: boolean;
  readonly columns: readonly { name: string; type: string; isNested: boolean }[] | null;
}

/** Looks a relation up by its name; undefined where there is none. Every type of Postgres is read as one of ours. */
export async function findView(
  { db }: Tx,
  { schema, name }: { readonly schema: string; readonly name: string },
): Promise<FoundView | undefined> {
  const { rows } = await sql<CatalogueRow>`
    select c.relkind,
      coalesce((select o.option_value::boolean from pg_options_to_table(c.reloptions) as o
        where o.option_name = 'security_invoker'), false) as "asInvoker",
      has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as "isGranted",
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', b.typname,
          'isNested', b.typcategory = 'A' or b.typtype = 'c') order by a.attnum)
        from pg_attribute as a join pg_type as t on t.oid = a.atttypid
        join pg_type as b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relname = ${name}
  `.execute(db);
  const [found] = rows;
  if (!found) return undefined;
  const { relkind, columns, ...rest } = found;
  const all = columns ?? [];
  return {
    ...rest,
    isView: relkind === 'v',
    hasWorkspace: all.some(({ name: column, type }) => column === 'workspace_id' && type === 'uuid'),
    columns: all
      .filter((column) => column.name !== 'workspace_id')
      .map((column) => ({ name: column.name, type: column.isNested ? 'json' : typeOf(column.type) })),
  };
}

const types: Readonly<Record<string, ColumnType>> = {
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  numeric: 'decimal',
  float4: 'decimal',
  float8: 'decimal',
  bool: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  json: 'json',
  jsonb: 'json',
};

/** Whatever else there is has a text form. */
function typeOf(postgresType: string): ColumnType {
  return types[postgresType] ?? 'text';
}
