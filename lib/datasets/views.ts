import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { isDenied } from '#lib/db/sql-state.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { liveRowsSql } from './cells.ts';
import type { Dataset } from './registry.ts';
import type { ViewInput } from './schema.ts';
import { type FoundView, findView } from './view-columns.ts';

type Described = Pick<Dataset, 'columns' | 'key' | 'table'>;

interface Hindrance {
  /** Goes on from “This view cannot be a dataset:”. */
  readonly text: string;
  readonly cause?: unknown;
}

/**
 * What a view of the operator's own is as a dataset: the columns that were asked for, or all, with the types that the
 * catalogue has. Throws `invalid`, saying what to do about it, where it cannot be read for one workspace alone.
 */
export async function describeView(tx: Tx, { view, columns, key }: ViewInput): Promise<Described> {
  const [schema = '', name = ''] = view.split('.');
  const table = { schema, name };
  const found = await findView(tx, table);
  if (!found) unfit('view', `there is no view "${view}": write it as schema.name`);
  const problem = await hindrance(tx, found);
  if (problem) unfit('view', problem.text, problem.cause);
  const asked: NonNullable<ViewInput['columns']> =
    columns ?? found.columns.map((column) => ({ name: column.name }));
  const described = asked.map((column, place) => {
    const type = found.columns.find((one) => one.name === column.name)?.type;
    return {
      ...column,
      type: type ?? unfit(`columns.${place}.name`, `the view has no column "${column.name}"`),
    };
  });
  for (const [place, column] of key.entries()) {
    const type = described.find((one) => one.name === column)?.type;
    if (type === undefined || type === 'json')
      unfit(`key.${place}`, `"${column}" is no column that can be a key`);
  }
  for (const [place, { currency }] of described.entries()) {
    if (currency === undefined || described.some((one) => one.name === currency && one.type === 'text'))
      continue;
    unfit(`columns.${place}.currency`, `"${currency}" is not the name of a text column`);
  }
  return { table, columns: described, key };
}

/** Why a view cannot be a dataset, and what to do about it; undefined where it can. */
export async function hindrance(tx: Tx, found: FoundView): Promise<Hindrance | undefined> {
  const view = `${found.schema}.${found.name}`;
  if (!found.isView) return { text: `"${view}" is not a view` };
  if (!found.asInvoker) {
    return {
      text: `the view would show every row to everybody: alter view ${view} set (security_invoker = true)`,
    };
  }
  if (!found.isGranted) {
    return {
      text: 'the view may not be read: grant usage on its schema and select on it to entrepot_member',
    };
  }
  if (!found.hasWorkspace) {
    return {
      text: 'the view does not say whose its rows are: let it have a column workspace_id of the type uuid',
    };
  }
  if (found.columns.length === 0) return { text: 'the view has no column beside workspace_id' };
  return readingProblem(tx, found);
}

/** The rights on what the view reads itself show only once it is read. */
async function readingProblem({ db }: Tx, found: FoundView): Promise<Hindrance | undefined> {
  const rows = liveRowsSql({ kind: 'view', table: found, columns: found.columns }, crypto.randomUUID());
  await sql`savepoint reading`.execute(db);
  try {
    await sql`select ${rows} limit 0`.execute(db);
    return undefined;
  } catch (cause) {
    await sql`rollback to savepoint reading`.execute(db);
    if (!isDenied(cause)) throw cause;
    const view = `${found.schema}.${found.name}`;
    return {
      text: `the view "${view}" cannot be read: grant select on all that it reads to entrepot_member`,
      cause,
    };
  }
}

/**
 * Throws `invalid` where the view behind a dataset is not there any more, or not as it was registered. Of a dataset
 * with a table it asks nothing.
 */
export async function requireView(tx: Tx, dataset: Dataset): Promise<void> {
  const problem = await viewProblem(tx, dataset);
  if (problem) throw new EntrepotError('invalid', problem, { fields: { dataset: problem } });
}

/** Why the view behind a dataset cannot be read, in a sentence; undefined where it can, or there is a table. */
export async function viewProblem(
  tx: Tx,
  { kind, name, table, columns }: Dataset,
): Promise<string | undefined> {
  if (kind !== 'view') return undefined;
  const view = `${table.schema}.${table.name}`;
  const found = await findView(tx, table);
  if (!found?.isView)
    return `The view "${view}" behind the dataset "${name}" is gone. Make it again, with its columns.`;
  if (!(found.asInvoker && found.isGranted && found.hasWorkspace)) {
    return `The view "${view}" behind the dataset "${name}" may not be read any more: it needs security_invoker, a grant to entrepot_member and the column workspace_id.`;
  }
  const changed = columns.find(
    (column) => !found.columns.some((one) => one.name === column.name && one.type === column.type),
  );
  return (
    changed &&
    `The view "${view}" behind the dataset "${name}" has no column "${changed.name}" of the type ${changed.type} any more. Make it again, with its columns.`
  );
}

function unfit(path: string, problem: string, cause?: unknown): never {
  throw new EntrepotError('invalid', `This view cannot be a dataset: ${problem}.`, {
    fields: { [path]: problem },
    cause,
  });
}
