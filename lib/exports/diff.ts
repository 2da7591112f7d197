import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { cellsAs, type Delivered, isSameLayout, ledgerColumns } from '#lib/exports/ledger-columns.ts';
import type { Plan } from '#lib/exports/query/compile.ts';
import { rowBatches } from '#lib/exports/row-path.ts';
import type { ListRows } from '#lib/exports/shape/flatten.ts';
import type { Source } from '#lib/exports/source.ts';

/** What can have become of a row since the last confirmed delivery. */
const changes = ['added', 'changed', 'removed'] as const;

/** The column that says so, where all go into one file. */
export const changeColumn: OutputColumn = {
  source: '_change',
  header: '_change',
  type: 'text',
  label: 'Change',
  description: 'What has become of the row since the last delivery: added, changed or removed.',
};

/** What one try of a run has found. */
interface Noted {
  readonly exportId: string;
  /** Names the try alone. */
  readonly token: string;
}

interface Diff extends Delivered, Noted {
  readonly workspaceId: string;
  readonly plan: Plan;
}

/** Notes how the rows of the snapshot differ from what was delivered, and says of how many rows. */
export async function noteChanges(tx: Tx, diff: Diff): Promise<number> {
  const { db } = tx;
  const { exportId, workspaceId, token, plan } = diff;
  const layout = await ledgerColumns(tx, diff);
  const ids = sql`cast(${exportId} as uuid), cast(${workspaceId} as uuid), ${token}`;
  const { numAffectedRows } = await sql`
    with delivered as (select l.row_key, l.row_hash, ${cellsAs(plan.columns, layout ?? [])} as cells
        from public.export_ledger l where l.export_id = ${exportId} and ${sql.lit(layout !== undefined)}),
      present as materialized (select k.*, sha256(convert_to(k.key, 'UTF8')) as hash from (${plan.keyed()}) as k)
    insert into public.export_changes (export_id, workspace_id, token, row_key, row_hash, change, cells, place)
    select ${ids}, present.key, present.hash,
      case when delivered.row_hash is null then 'added' else 'changed' end, present.cells, present.place
    from present left join delivered on delivered.row_hash = present.hash
    where delivered.row_hash is null or delivered.cells is distinct from present.cells
    union all
    select ${ids}, delivered.row_key, delivered.row_hash, 'removed', delivered.cells,
      (select count(*) from present) + row_number() over (order by delivered.row_key)
    from delivered where not exists (select from present where present.hash = delivered.row_hash)
  `.execute(db);
  return Number(numAffectedRows);
}

/** Rows that were noted, as a file whose name ends with `suffix`. */
interface NotedSource {
  readonly suffix: string;
  readonly source: Source;
  /** The same rows as `keyed` of a plan has them. */
  readonly keyed: RawBuilder<unknown>;
}

/** What was noted, as one file with a column that says what has become of each row, or as one for each change. */
export function diffSources(
  { client }: Tx,
  { plan, ...of }: Pick<Diff, 'plan' | 'exportId' | 'token'>,
  changesAs: ExportDefinition['changesAs'],
): NotedSource[] {
  const cells = cellsOf(plan);
  const keyed = (noted: RawBuilder<unknown>) => sql`select c.row_key as key, c.cells, c.place ${noted}`;
  const noted = sql`from public.export_changes c where ${isOf(of)}`;
  if (changesAs === 'column') {
    const rows = () => rowBatches(client, sql`select c.change, ${cells} ${noted} order by c.place`);
    return [{ suffix: '', source: { columns: [changeColumn, ...plan.columns], rows }, keyed: keyed(noted) }];
  }
  return changes.map((change) => {
    const ofChange = sql`${noted} and c.change = ${change}`;
    const rows = () => rowBatches(client, sql`select ${cells} ${ofChange} order by c.place`);
    return { suffix: change, source: { columns: plan.columns, rows }, keyed: keyed(ofChange) };
  });
}

/** All rows whose lists a diff has columns for: those of the snapshot, and in the file those that were noted. */
export function diffLists({ plan, ...of }: Pick<Diff, 'plan' | 'exportId' | 'token'>): ListRows {
  return sql`select p.*, false from (${plan.select((text) => sql`${text}::text`)}) as p
    union all select ${cellsOf(plan)}, true from public.export_changes c where ${isOf(of)}`;
}

function cellsOf({ columns }: Plan): RawBuilder<unknown> {
  return sql.join(columns.map((_, place) => sql`c.cells[${sql.lit(place + 1)}]`));
}

function isOf({ exportId, token }: Noted): RawBuilder<unknown> {
  return sql`c.export_id = cast(${exportId} as uuid) and c.token = ${token}`;
}

/**
 * Makes what was noted part of what is delivered, whose cells are then those of `columns`, in the transaction that
 * confirms the delivery.
 */
export async function confirmChanges(
  tx: Tx,
  { exportId, datasetId, token, columns }: Delivered & Noted & Pick<Plan, 'columns'>,
): Promise<void> {
  const { db } = tx;
  const noted = isOf({ exportId, token });
  const layout = await ledgerColumns(tx, { exportId, datasetId });
  if (!layout) await db.deleteFrom('export_ledger').where('export_id', '=', exportId).execute();
  await sql`
    delete from public.export_ledger l using public.export_changes c
    where ${noted} and c.change = 'removed' and l.export_id = c.export_id and l.row_hash = c.row_hash
  `.execute(db);
  if (layout && !isSameLayout(columns, layout)) {
    await sql`update public.export_ledger l set cells = ${cellsAs(columns, layout)}
      where l.export_id = ${exportId}`.execute(db);
  }
  await sql`
    insert into public.export_ledger (export_id, workspace_id, row_key, row_hash, cells)
    select c.export_id, c.workspace_id, c.row_key, c.row_hash, c.cells from public.export_changes c
    where ${noted} and c.change <> 'removed'
    on conflict (export_id, row_hash) do update set cells = excluded.cells
  `.execute(db);
  await forgetNoted(tx, exportId);
}

/** Forgets what the export's runs have found and not delivered. */
export async function forgetNoted({ db }: Tx, exportId: string): Promise<void> {
  await db.deleteFrom('export_changes').where('export_id', '=', exportId).execute();
}

/** Makes everything new to the export's next run. */
export async function forgetDelivered(tx: Tx, exportId: string): Promise<void> {
  await tx.db.deleteFrom('export_ledger').where('export_id', '=', exportId).execute();
  await forgetNoted(tx, exportId);
}
