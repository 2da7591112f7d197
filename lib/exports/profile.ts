import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import { startsFormulaSql } from '#lib/exports/copy-path.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import type { RowName } from '#lib/exports/query/compile.ts';
import { MASK } from '#lib/exports/shape/transforms/conceal.ts';
import { asExample, cellWarning, EXAMPLES, type ExportWarning } from '#lib/exports/warnings.ts';

/** A column that more rows lack is taken to be one that rows may lack. */
const MISSING_SHARE = 0.1;

type Sql = RawBuilder<unknown>;

/** Something to look for in the rows. */
interface Check {
  readonly condition: Sql;
  /** What to show of a row that it is about. */
  readonly example: Sql;
  /** The warning, given how many of all rows it is about; nothing where that is as it should be. */
  warning(count: number, total: number): Omit<ExportWarning, 'affectedItems' | 'examples'> | undefined;
}

/** Rows to look through. */
export interface Profiled {
  /** What their cells are; one past them is not looked at. */
  readonly columns: readonly OutputColumn[];
  /** As `keyed` of a plan has them. */
  readonly keyed: Sql;
  readonly name: RowName;
  readonly limit?: number | undefined;
  readonly personal?: 'show' | undefined;
  /** Whether Postgres writes the file, and keeps cells from running as formulas. */
  readonly guarded: boolean;
}

/**
 * What should be known of a run's rows that Postgres can tell: columns that a few rows lack, or all of them, and
 * cells that it kept from running. One more look at all rows, and where there is something to tell another for all
 * examples; none of them passes through JavaScript.
 */
export async function profile(tx: Tx, asked: Profiled): Promise<ExportWarning[]> {
  const { columns, keyed, name, limit, guarded, personal } = asked;
  // Examples of what may tell of a person would show it.
  const shown = personal === 'show' || !name.personal;
  const example = shown ? sql`coalesce(k.key::jsonb ->> ${sql.lit(name.place)}, '')` : sql.lit(MASK);
  const checks = columns.flatMap((column, place) => {
    const cell = sql`k.cells[${sql.lit(place + 1)}]`;
    const lacking = [lacks(column, cell, example)];
    return guarded && column.type === 'text' ? [...lacking, runs(column, cell)] : lacking;
  });
  const within = limit === undefined ? sql`` : sql` where k.place <= ${sql.lit(limit)}`;
  const rows = sql`(select * from (${keyed}) as k${within}) as k`;
  const counts = checks.map(({ condition }) => sql`count(*) filter (where ${condition})`);
  const found = await sql<{ counts: string[] }>`
    select array[count(*), ${sql.join(counts)}]::text[] as counts from ${rows}`.execute(tx.db);
  const [total = 0, ...counted] = (found.rows[0]?.counts ?? []).map(Number);
  const warned = checks.flatMap((check, place) => {
    const affectedItems = counted[place] ?? 0;
    const warning = affectedItems > 0 ? check.warning(affectedItems, total) : undefined;
    return warning ? [{ ...check, affectedItems, said: warning }] : [];
  });
  const examples = await examplesOf(tx, rows, warned);
  return warned.map(({ said, affectedItems }, place) => {
    return { ...said, affectedItems, examples: examples[place] ?? [] };
  });
}

/** The first few examples of each check, from one look at the rows that any of them is about. */
async function examplesOf({ db }: Tx, rows: Sql, checks: readonly Check[]): Promise<string[][]> {
  if (checks.length === 0) return [];
  const met = checks.map(({ condition }) => condition);
  // Counted as they come: a database that gathered every example would hold as many as there are rows.
  const nths = met.map((condition) => sql`count(*) filter (where ${condition}) over met`);
  const firsts = checks.map(({ condition, example }, place) => {
    const isFirst = sql`${condition} and k.nths[${sql.lit(place + 1)}] <= ${sql.lit(EXAMPLES)}`;
    return sql`coalesce(jsonb_agg(cast(${example} as text)) filter (where ${isFirst}), '[]')`;
  });
  const { rows: found } = await sql<{ examples: string[] }>`
    select array[${sql.join(firsts)}]::text[] as examples from (
      select k.key, k.cells, array[${sql.join(nths)}] as nths from ${rows}
      where ${sql.join(met, sql` or `)} window met as (rows unbounded preceding)
    ) as k`.execute(db);
  return (found[0]?.examples ?? []).map((texts) => (JSON.parse(texts) as string[]).map(asExample));
}

function lacks({ header }: OutputColumn, cell: Sql, example: Sql): Check {
  return {
    condition: sql`${cell} is null`,
    example,
    warning(count, total) {
      if (count === total) return { type: 'empty_column', message: `“${header}” is empty in every row.` };
      if (count > total * MISSING_SHARE) return undefined;
      const rows = count === 1 ? 'one row' : `${count} rows`;
      return { type: 'missing_field', message: `“${header}” is missing in ${rows}.` };
    },
  };
}

function runs({ header }: OutputColumn, cell: Sql): Check {
  return {
    condition: startsFormulaSql(cell),
    example: cell,
    warning: (count) => cellWarning('neutralised', header, count),
  };
}
