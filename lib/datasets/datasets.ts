import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { allDatasets, type Dataset, findDataset } from './registry.ts';
import type { DatasetInput } from './schema.ts';

/** A dataset as the API shows it. */
export type DatasetView = Omit<Dataset, 'table' | 'revision'>;

/** What the workspace can sync into and export from, by name. */
export async function listDatasets(acting: Acting): Promise<{ items: DatasetView[]; nextCursor: null }> {
  const datasets = await asMember(acting, allDatasets);
  return { items: datasets.map(toView), nextCursor: null };
}

/** Makes a dataset and its table. Throws `conflict` where the name is taken. */
export async function createDataset(acting: Acting, input: DatasetInput): Promise<DatasetView> {
  const { name, label, columns, key } = input;
  return asMember(acting, async (tx) => {
    await sql`
      select private.create_dataset(${name}, ${label}, ${JSON.stringify(columns)}::jsonb, ${key}::text[])
    `
      .execute(tx.db)
      .catch((cause: unknown) => {
        throw isDuplicate(cause) ? nameTaken(name, cause) : cause;
      });
    const made = await findDataset(tx, name);
    await audit(tx, 'dataset.created', made.id, { name });
    return toView(made);
  });
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
