import { type RawBuilder, sql } from 'kysely';
import type { Column } from '#lib/core/columns.ts';
import { cellOf, postgresTypes } from '#lib/datasets/cells.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ConflictPolicy } from '#lib/sources/safeguards.ts';
import { stagedColumn, staging } from './staging.ts';
import type { Target } from './target.ts';

/**
 * Puts what people have edited over the staged rows of these keys, field by field: an edit stays where the source
 * still says what it said then, is done with where the source has come to say the same, and is otherwise decided by
 * `policy`; `ask` keeps it and notes what the source says.
 */
export async function applyEdits(
  tx: Tx,
  target: Target,
  keys: readonly string[],
  policy: ConflictPolicy,
): Promise<void> {
  const edited = await sql<{ field: string }>`
    select distinct e.field from public.row_edits e where ${ofTarget(target)} and e.external_id = any (${keys}::text[])
  `.execute(tx.db);
  for (const { field } of edited.rows) {
    const index = target.columns.findIndex(({ name }) => name === field);
    const column = target.columns[index];
    if (column) await applyField(tx, target, column, stagedColumn(index), policy);
  }
}

async function applyField(
  { db }: Tx,
  target: Target,
  { name, type }: Column,
  staged: RawBuilder<unknown>,
  policy: ConflictPolicy,
): Promise<void> {
  const theirs = sql`i.${staged}`;
  const asType = (text: RawBuilder<unknown>) => sql`${text}::${sql.raw(postgresTypes[type])}`;
  await sql`
    with judged as (
      select e.external_id, e.value, ${cellOf(theirs, type)}::text as theirs,
        case when ${theirs} is not distinct from ${asType(sql`e.value`)} then 'source'
          when ${theirs} is not distinct from ${asType(sql`e.base`)} then 'untouched'
          else ${verdicts[policy]} end as verdict
      from public.row_edits e join ${staging} i on i.known and i.external_id = e.external_id
      where ${ofTarget(target)} and e.field = ${name}
    ), dropped as (
      delete from public.row_edits e using judged j
      where ${ofTarget(target)} and e.field = ${name} and e.external_id = j.external_id and j.verdict = 'source'
    ), kept as (
      update public.row_edits e set
        base = case j.verdict when 'local' then j.theirs else e.base end,
        conflict = case j.verdict when 'ask' then j.theirs end,
        conflict_at = case j.verdict when 'ask' then coalesce(e.conflict_at, now()) end
      from judged j
      where ${ofTarget(target)} and e.field = ${name} and e.external_id = j.external_id and j.verdict <> 'source'
    )
    update ${staging} i set ${staged} = ${asType(sql`j.value`)}
    from judged j where j.verdict <> 'source' and i.external_id = j.external_id
  `.execute(db);
}

const verdicts: Readonly<Record<ConflictPolicy, RawBuilder<unknown>>> = {
  source_wins: sql`'source'`,
  local_wins: sql`'local'`,
  newest_wins: sql`case when i.source_version > e.created_at then 'source' else 'local' end`,
  ask: sql`'ask'`,
};

function ofTarget({ datasetId, sourceId, stream }: Target) {
  return sql`e.dataset_id = ${datasetId} and e.source_id = ${sourceId} and e.stream = ${stream}`;
}
