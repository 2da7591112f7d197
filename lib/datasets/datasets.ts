import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { allDatasets, type Dataset, findDataset } from './registry.ts';
import type { DatasetInput } from './schema.ts';
import type { DatasetView } from './view.ts';

/** What the workspace can sync into and export from, by name. */
export async function listDatasets(acting: Acting): Promise<{ items: DatasetView[]; nextCursor: null }> {
  const datasets = await asMember(acting, allDatasets);
  return { items: datasets.map(toView), nextCursor: null };
}

/** Throws `not_found`. */
export async function getDataset(acting: Acting, name: string): Promise<DatasetView> {
  return toView(await asMember(acting, (tx) => findDataset(tx, name)));
}

/** Makes a dataset and its table. Throws `conflict` where the name is taken. */
export async function createDataset(acting: Acting, input: DatasetInput): Promise<DatasetView> {
  return asMember(acting, async (tx) => toView(await makeDataset(tx, input)));
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
  await sql`
    select private.create_dataset(${name}, ${label}, ${JSON.stringify(columns)}::jsonb, ${key}::text[])
  `
    .execute(tx.db)
    .catch((cause: unknown) => {
      throw isDuplicate(cause) ? nameTaken(name, cause) : cause;
    });
  const made = await findDataset(tx, name);
  await audit(tx, 'dataset.created', made.id, { name });
  return made;
}

function toView({ table: _table, revision: _revision, ...view }: Dataset): DatasetView {
  return view;
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

function nameTaken(name: string, cause: unknown): EntrepotError {
  return new EntrepotError('conflict', `There is a dataset named "${name}" already. Choose another name.`, {
    cause,
    fields: { name: 'is taken' },
  });
}
