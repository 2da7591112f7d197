import { type RawBuilder, sql } from 'kysely';
import type { ColumnType } from '#lib/core/columns.ts';
import type { Tx } from '#lib/db/transaction.ts';

/** More are not looked through. */
const MAX_VIEWS = 200;

/** A view as the catalogue describes it to the acting role. */
export interface FoundView {
  readonly schema: string;
  readonly name: string;
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
  readonly schema: string;
  readonly name: string;
  readonly relkind: string;
  readonly asInvoker: boolean;
  readonly isGranted: boolean;
  readonly columns: readonly { name: string; type: string; isNested: boolean }[] | null;
}

/** Looks a relation up by its name; undefined where there is none. Every type of Postgres is read as one of ours. */
export async function findView(
  tx: Tx,
  { schema, name }: { readonly schema: string; readonly name: string },
): Promise<FoundView | undefined> {
  const [found] = await relations(tx, sql`n.nspname = ${schema} and c.relname = ${name}`);
  return found;
}

/** The operator's own views in the schemas that the acting role may look into, by name; the first two hundred. */
export function findViews(tx: Tx): Promise<FoundView[]> {
  return relations(
    tx,
    sql`c.relkind = 'v' and has_schema_privilege(n.oid, 'usage')
      and n.nspname not in ('information_schema', 'private') and n.nspname !~ '^pg_'
      and not exists (select from pg_depend as d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`,
  );
}

async function relations({ db }: Tx, condition: RawBuilder<unknown>): Promise<FoundView[]> {
  const { rows } = await sql<CatalogueRow>`
    select n.nspname as schema, c.relname as name, c.relkind,
      coalesce((select o.option_value::boolean from pg_options_to_table(c.reloptions) as o
        where o.option_name = 'security_invoker'), false) as "asInvoker",
      has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') as "isGranted",
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', b.typname,
          'isNested', b.typcategory = 'A' or b.typtype = 'c') order by a.attnum)
        from pg_attribute as a join pg_type as t on t.oid = a.atttypid
        join pg_type as b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where ${condition} order by schema, name limit ${sql.lit(MAX_VIEWS)}
  `.execute(db);
  return rows.map(toFound);
}

function toFound({ relkind, columns, ...rest }: CatalogueRow): FoundView {
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
