import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { requireUnchanged } from '#lib/core/etag.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { quoted, theExports } from './quoted.ts';
import { allDatasets, findDataset } from './registry.ts';

/**
 * Takes a view off the list of datasets, for whoever may edit; the view itself stays in the database. Throws
 * `not_found`, and `conflict` for a dataset that is no view, and for one that exports read or relations
 * lead to, which it names.
 */
export async function unregisterView(acting: Acting, name: string, ifMatch?: string): Promise<void> {
  await asMember(acting, async (tx) => {
    await tx.db.selectFrom('datasets').select('id').where('name', '=', name).forUpdate().execute();
    const dataset = await findDataset(tx, name);
    requireUnchanged(dataset, ifMatch);
    if (dataset.kind !== 'view') {
      throw new EntrepotError(
        'conflict',
        `"${dataset.label}" holds rows of its own: only a view can be taken away.`,
      );
    }
    await requireUnused(tx, dataset);
    await sql`select private.unregister_view(${dataset.id})`.execute(tx.db);
    await audit(tx, 'dataset.removed', dataset.id, { name });
  });
}

async function requireUnused(tx: Tx, { name, label }: { name: string; label: string }): Promise<void> {
  const exports = await readers(tx, name);
  const related = (await allDatasets(tx))
    .filter(({ relations }) => relations.some(({ dataset }) => dataset === name))
    .map((dataset) => dataset.label);
  const uses = [
    ...(exports.length > 0 ? [`read by ${theExports(exports)}`] : []),
    ...(related.length > 0 ? [`led to by relations of ${quoted(related)}`] : []),
  ];
  if (uses.length === 0) return;
  throw new EntrepotError(
    'conflict',
    `"${label}" is still ${uses.join(', and ')}. Change or delete those first.`,
  );
}

/** The names of the exports that read a dataset, as their first table or a further one. */
async function readers({ db }: Tx, dataset: string): Promise<string[]> {
  const further = JSON.stringify({ tables: [{ dataset }] });
  const rows = await db
    .selectFrom('exports')
    .select('name')
    .where((where) =>
      where.or([where('dataset', '=', dataset), sql<boolean>`definition @> ${further}::jsonb`]),
    )
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}
