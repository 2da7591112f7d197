import type { CellText } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { Plan } from '#lib/exports/query/compile.ts';
import { keptColumns, type Read } from '#lib/exports/shape/as-read.ts';
import { type ListExtent, listExtent, plannedRows } from '#lib/exports/shape/flatten.ts';
import type { Shaped } from '#lib/exports/shape/personal.ts';
import { compileShape, type Shape } from '#lib/exports/shape/shape.ts';
import type { Source } from '#lib/exports/source.ts';
import type { ExportWarning } from '#lib/exports/warnings.ts';
import { pseudonymSecret } from '#lib/secrets/pseudonyms.ts';

interface Scope {
  readonly workspaceId: string;
  readonly dataset: Pick<Dataset, 'columns'>;
}

/**
 * A definition's shape over a plan of it as `asRead` has it, and what of its lists there was no place for. Lists become
 * as many columns as they need in `rows`.
 */
export async function shapeOf(
  tx: Tx,
  plan: Plan,
  definition: Read & Shaped,
  { workspaceId, dataset }: Scope,
  rows = plannedRows(plan),
): Promise<Shape & { readonly warnings: readonly ExportWarning[] }> {
  const extents = new Map<number, ListExtent>();
  const warnings: ExportWarning[] = [];
  for (const [place, { transform }] of (definition.columns ?? []).entries()) {
    if (transform?.name !== 'flatten') continue;
    const listed = { rows, columns: plan.columns.length };
    const extent = await listExtent(tx, listed, place, transform.options);
    extents.set(place, extent);
    if (extent.longer > 0) warnings.push(longerLists(plan.columns[place]?.header ?? '', extent));
  }
  const kept = keptColumns(definition) ?? plan.columns.length;
  const hashes = definition.columns?.some(({ transform }) => transform?.name === 'hash');
  const pseudonyms = hashes ? await pseudonymSecret(workspaceId) : undefined;
  const scope = { pseudonyms, known: dataset.columns, kept, extents };
  return { ...compileShape(plan.columns, definition, scope), warnings };
}

/**
 * The rows of a source in another shape; columns ahead of those that the shape speaks of stay. Postgres can no longer
 * write them by itself where any row changes.
 */
export function shapeSource(source: Source, { row, columns, inputs }: Shape): Source {
  if (!row) return source;
  const ahead = source.columns.length - inputs;
  const shaped = (cells: readonly CellText[]) =>
    ahead === 0 ? row(cells) : [...cells.slice(0, ahead), ...row(cells.slice(ahead))];
  return {
    columns: [...source.columns.slice(0, ahead), ...columns],
    async *rows() {
      for await (const batch of source.rows()) yield batch.map(shaped);
    },
  };
}

function longerLists(header: string, { items, longer }: ListExtent): ExportWarning {
  const rows = longer === 1 ? 'One row has' : `${longer} rows have`;
  return {
    type: 'cell_cut',
    message: `${rows} more than ${items} items in “${header}”: those past them are not in the file.`,
    affectedItems: longer,
    examples: [],
  };
}
