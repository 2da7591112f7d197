import type { Column } from '#lib/core/columns.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { Relation } from './relation-schema.ts';

/** A dataset of the acting workspace: its typed columns and the table that holds them. */
export interface Dataset {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  /** A view is the operator's own, and only read. */
  readonly kind: 'builtin' | 'made' | 'view';
  /** In the order of definition, without the platform's own. */
  readonly columns: readonly Column[];
  /** Which of them name a row; of a view perhaps none. */
  readonly key: readonly string[];
  /** Which rows of other datasets belong to one of its rows. */
  readonly relations: readonly Relation[];
  readonly table: { readonly schema: string; readonly name: string };
  /** When its label, columns or relations last changed; ISO 8601 in UTC. */
  readonly updatedAt: string;
  /** Grows with every transaction that writes to it; a decimal integer. */
  readonly revision: string;
}

/** Every dataset of the acting workspace, by name. */
export async function allDatasets(tx: Tx): Promise<Dataset[]> {
  return (await selectDatasets(tx).orderBy('name').execute()).map(toDataset);
}

/** Throws `not_found` where the acting workspace has no dataset of that name. */
export async function findDataset(tx: Tx, name: string): Promise<Dataset> {
  const row = await selectDatasets(tx).where('name', '=', name).executeTakeFirst();
  if (!row) throw new EntrepotError('not_found', `There is no dataset named "${name}".`);
  return toDataset(row);
}

/** The same for what is to be written to, row by row: throws `invalid` where it is a view. */
export async function findTable(tx: Tx, name: string): Promise<Dataset> {
  const dataset = await findDataset(tx, name);
  if (dataset.kind !== 'view') return dataset;
  throw new EntrepotError('invalid', `"${name}" is a view, of which the rows are listed and exported alone.`);
}

function selectDatasets(tx: Tx) {
  return tx.db
    .selectFrom('datasets')
    .select([
      'id',
      'name',
      'label',
      'kind',
      'columns',
      'key',
      'relations',
      'table_schema',
      'table_name',
      'revision',
      'updated_at as updatedAt',
    ]);
}

type DatasetRow = Awaited<ReturnType<ReturnType<typeof selectDatasets>['executeTakeFirstOrThrow']>>;

function toDataset({ table_schema, table_name, columns, relations, kind, ...row }: DatasetRow): Dataset {
  return {
    ...row,
    kind: kind as Dataset['kind'],
    columns: columns as unknown as Column[],
    relations: relations as unknown as Relation[],
    table: { schema: table_schema, name: table_name },
  };
}
