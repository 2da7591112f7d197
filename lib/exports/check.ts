import { EntrepotError } from '#lib/core/errors.ts';
import { refuse } from '#lib/datasets/lookup.ts';
import { type Dataset, findDataset } from '#lib/datasets/registry.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import { changeColumn } from '#lib/exports/diff.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { formatOf } from '#lib/exports/formats/registry.ts';
import { partitioned } from '#lib/exports/partition.ts';
import { asWritten, ofTable } from '#lib/exports/problem-paths.ts';
import type { Plan } from '#lib/exports/query/compile.ts';
import { requireDeliveries } from '#lib/exports/query/metadata.ts';
import { requireLasting } from '#lib/exports/query/moving.ts';
import { planQuery } from '#lib/exports/query/plan.ts';
import type { Query } from '#lib/exports/query/schema.ts';
import { asRead, keptColumns, type Read } from '#lib/exports/shape/as-read.ts';
import type { Shaped } from '#lib/exports/shape/personal.ts';
import { compileShape } from '#lib/exports/shape/shape.ts';
import { slug } from '#lib/exports/slug.ts';

interface Scope {
  readonly workspaceId: string;
}

/** Rows of a definition, resolved. */
interface Resolved {
  readonly dataset: Dataset;
  readonly plan: Plan;
}

/**
 * Resolves a definition against its dataset as it is now, with its further tables and the options of its format;
 * throws `invalid`, naming the place that does not fit.
 */
export async function checkDefinition(
  tx: Tx,
  { workspaceId }: Scope,
  definition: ExportDefinition,
): Promise<Resolved> {
  const resolved = await resolve(tx, { workspaceId }, definition);
  if (definition.mode === 'incremental' && !resolved.plan.isTracked) {
    refuse(
      'mode',
      'groups, related rows and views have no revision: choose "full", or "diff" for what changed',
    );
  }
  if (definition.mode === 'incremental') requireLasting(definition);
  checkFile(resolved, definition);
  const { format, personal, tables = [] } = definition;
  for (const [place, further] of (await furtherPlans(tx, { workspaceId }, definition)).entries()) {
    const { table } = further;
    await ofTable(place, table, () => checkFile(further, { ...table, format, personal }, true));
  }
  if (!formatOf(format).holdsTables) requireFileNames(tables);
  return resolved;
}

type Table = NonNullable<ExportDefinition['tables']>[number];

/** The further tables of a definition, resolved; throws like `checkDefinition`. */
export async function furtherPlans(
  tx: Tx,
  scope: Scope,
  { tables = [], format }: Pick<ExportDefinition, 'tables' | 'format'>,
): Promise<(Resolved & { readonly table: Table })[]> {
  const plans: (Resolved & { table: Table })[] = [];
  for (const [place, table] of tables.entries()) {
    const resolved = await ofTable(place, table, () => resolve(tx, scope, { ...table, format }));
    plans.push({ table, ...resolved });
  }
  return plans;
}

async function resolve(tx: Tx, { workspaceId }: Scope, asked: Query & Read): Promise<Resolved> {
  const dataset = await findExportable(tx, asked.dataset);
  const plan = await asWritten(asked, () => planQuery(tx, asRead(asked, dataset), dataset, { workspaceId }));
  return { dataset, plan };
}

type Written = Read & Shaped & Partial<Pick<ExportDefinition, 'mode' | 'changesAs'>>;

/** Throws where a column is made into what it cannot be, or the format's options speak of columns that a file lacks. */
function checkFile({ dataset, plan }: Resolved, written: Written, isFurther = false): void {
  requireDeliveries(written, dataset, written.mode);
  const { format, columns: chosen, partitionBy } = written;
  const kept = keptColumns(written) ?? plan.columns.length;
  const { columns } = compileShape(plan.columns, written, { known: dataset.columns, kept });
  const { check } = formatOf(format);
  const saysChange = written.mode === 'diff' && written.changesAs === 'column';
  if (saysChange) requireOwnHeader(columns, written);
  // Which columns lists become is in the data.
  const isOpen = chosen?.some(({ transform }) => transform?.name === 'flatten');
  if (isOpen) return;
  const { columns: own } = partitioned(columns, partitionBy);
  if (own.length === 0) refuse('partitionBy', 'needs a column that is left for the files: choose one more');
  check?.(saysChange ? [changeColumn, ...own] : own, format.options, isFurther);
}

/** The column that says what has become of a row is called by its name alone. */
function requireOwnHeader(columns: readonly OutputColumn[], { columns: chosen }: Written): void {
  const name = changeColumn.header;
  if (!columns.some(({ header }) => header === name)) return;
  const place = chosen?.findIndex(({ source, header }) => (header ?? source) === name) ?? -1;
  refuse(
    place < 0 ? 'columns' : `columns.${place}.header`,
    `a diff calls a column "${name}" itself: call this one otherwise, or let each change have a file of its own`,
  );
}

/** The names of files end with those of their tables, of which letters and digits alone are left. */
function requireFileNames(tables: readonly Pick<Table, 'name'>[]): void {
  const endings = tables.map(({ name }) => slug(name));
  const again = endings.findIndex((ending, place) => endings.indexOf(ending) < place);
  const before = tables[endings.indexOf(endings[again] ?? '')];
  if (before) {
    refuse(
      `tables.${again}.name`,
      `its file would be called as that of "${before.name}": let them differ in a letter from a to z, or a digit`,
    );
  }
}

/** To whoever defines an export, a dataset that is not there is a wrong value, not a wrong address. */
async function findExportable(tx: Tx, name: string): Promise<Dataset> {
  try {
    return await findDataset(tx, name);
  } catch (cause) {
    const problem = `there is no dataset named "${name}"`;
    throw new EntrepotError('invalid', `The export needs a dataset, and ${problem}.`, {
      cause,
      fields: { dataset: problem },
    });
  }
}
