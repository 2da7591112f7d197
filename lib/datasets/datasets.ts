import { type RawBuilder, sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { requireUnchanged } from '#lib/core/etag.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { isDuplicate } from '#lib/db/sql-state.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { describeColumns } from './describe-columns.ts';
import { allDatasets, type Dataset, findDataset } from './registry.ts';
import { checkRelations, declaredRelations } from './relations.ts';
import type { DatasetInput, DatasetPatch, ViewInput } from './schema.ts';
import type { DatasetView } from './view.ts';
import { describeView } from './views.ts';

/** What the workspace can sync into and export from, by name. */
export async function listDatasets(acting: Acting): Promise<{ items: DatasetView[]; nextCursor: null }> {
  const datasets = await asMember(acting, allDatasets);
  return { items: datasets.map(toView), nextCursor: null };
}

/** Throws `not_found`. */
export async function getDataset(acting: Acting, name: string): Promise<DatasetView> {
  return toView(await asMember(acting, (tx) => findDataset(tx, name)));
}

/**
 * Makes a dataset and its table, or registers a view. Throws `conflict` where the name is taken, and `invalid` for a
 * view that cannot be read for one workspace alone.
 */
export async function createDataset(acting: Acting, input: DatasetInput | ViewInput): Promise<DatasetView> {
  return asMember(acting, async (tx) =>
    toView(await (input.kind === 'view' ? registerView(tx, input) : makeDataset(tx, input))),
  );
}

/** Throws where the datasets cannot become what they would be; they are already, within the transaction. */
type Consent = (tx: Tx, before: readonly Dataset[], after: readonly Dataset[]) => Promise<void>;

/**
 * Changes a dataset's label, what is said of its columns, or its relations, for whoever may edit. Throws `not_found`,
 * `invalid` naming the place, `version_mismatch` where `ifMatch` is given and the dataset has changed since, and what
 * `consent` throws of other relations.
 */
export async function updateDataset(
  acting: Acting,
  name: string,
  patch: DatasetPatch,
  ifMatch?: string,
  consent?: Consent,
): Promise<DatasetView> {
  return asMember(acting, async (tx) => {
    await tx.db.selectFrom('datasets').select('id').where('name', '=', name).forUpdate().execute();
    const dataset = await findDataset(tx, name);
    requireUnchanged(dataset, ifMatch);
    const { label = dataset.label } = patch;
    const columns = describeColumns(dataset.columns, patch.columns ?? []);
    const before = patch.relations ? await allDatasets(tx) : [];
    if (patch.relations) checkRelations(patch.relations, dataset, before);
    const relations = declaredRelations(patch.relations ?? dataset.relations, dataset.relations);
    const changed = { label, columns: JSON.stringify(columns), relations: JSON.stringify(relations) };
    const [updated] = await tx.db.updateTable('datasets').set(changed).where('id', '=', dataset.id).execute();
    if (updated?.numUpdatedRows !== 1n)
      throw new EntrepotError('forbidden', 'Only an editor changes a dataset.');
    if (patch.relations) await consent?.(tx, before, await allDatasets(tx));
    await audit(tx, 'dataset.updated', dataset.id, { name, changed: Object.keys(patch) });
    return toView(await findDataset(tx, name));
  });
}

/**
 * Makes a dataset unless one of that name, with the same columns and key, is there already: so trying again what
 * failed half-way works. Throws `conflict` where the name is taken by another.
 */
export async function ensureDataset(tx: Tx, input: DatasetInput): Promise<void> {
  const shapeOf = ({ columns, key }: Pick<Dataset, 'columns' | 'key'>) =>
    JSON.stringify([columns.map(({ name, type }) => [name, type]), key]);
  const sameName = (await allDatasets(tx)).find(({ name }) => name === input.name);
  if (!sameName || shapeOf(sameName) !== shapeOf(input)) await makeDataset(tx, input);
}

async function makeDataset(tx: Tx, { name, label, columns, key }: DatasetInput): Promise<Dataset> {
  return added(
    tx,
    name,
    sql`select private.create_dataset(${name}, ${label}, ${JSON.stringify(columns)}::jsonb, ${key}::text[])`,
  );
}

async function registerView(tx: Tx, input: ViewInput): Promise<Dataset> {
  const { name, label } = input;
  const { table, columns, key } = await describeView(tx, input);
  return added(
    tx,
    name,
    sql`select private.register_view(${name}, ${label}, ${table.schema}, ${table.name},
      ${JSON.stringify(columns)}::jsonb, ${key}::text[])`,
  );
}

async function added(tx: Tx, name: string, statement: RawBuilder<unknown>): Promise<Dataset> {
  await statement.execute(tx.db).catch((cause: unknown) => {
    throw isDuplicate(cause) ? nameTaken(name, cause) : cause;
  });
  const made = await findDataset(tx, name);
  await audit(tx, 'dataset.created', made.id, { name });
  return made;
}

function toView({ table: _table, revision: _revision, ...view }: Dataset): DatasetView {
  return view;
}

function nameTaken(name: string, cause: unknown): EntrepotError {
  return new EntrepotError('conflict', `There is a dataset named "${name}" already. Choose another name.`, {
    cause,
    fields: { name: 'is taken' },
  });
}
