import type { Column } from '#lib/core/columns.ts';
import type { DatasetView } from '#lib/datasets/view.ts';
import type { ExportDefinition, ExportInput } from '#lib/exports/definition.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import { type ColumnDraft, chosenColumns, columnDrafts } from './column-draft.ts';
import { recommendedFormat } from './recommended-format.ts';

/** A dataset that can be chosen. */
export type DatasetChoice = Pick<DatasetView, 'name' | 'label' | 'kind' | 'columns' | 'relations'>;

export type FormatId = FormatInfo['id'];
type Options = Readonly<Record<string, unknown>>;

/**
 * An export as it is being written: complete at every moment, though perhaps not yet right. What is not named here is
 * as in the definition, so that nothing is lost which the editor does not show.
 */
export interface Draft extends Omit<ExportDefinition, 'columns' | 'format'> {
  /** Those that were chosen or touched, in the order of the file; `shownColumns` has the others too. */
  readonly columns: readonly ColumnDraft[];
  /** Whether all columns are given as they are, those too that the data gains later. */
  readonly takesAll: boolean;
  /** Undefined until one is chosen: then it is the one that is recommended. */
  readonly format: FormatId | undefined;
  /** Of each format, so that going back to one finds its options as they were left. */
  readonly options: Readonly<Partial<Record<FormatId, Options>>>;
}

const nothing: Omit<ExportDefinition, 'format'> = {
  name: '',
  dataset: '',
  sort: [],
  mode: 'full',
  changesAs: 'column',
  compression: 'none',
  destination: { type: 'download', expiresInHours: 24 },
};

/** Nothing chosen but what `prefill` brings. */
export function newDraft(prefill: Partial<ExportDefinition>): Draft {
  const { columns, format, ...rest } = { ...nothing, format: undefined, ...prefill };
  return {
    ...rest,
    columns: columnDrafts(columns ?? []),
    takesAll: columns === undefined,
    format: format?.type,
    options: format ? { [format.type]: format.options } : {},
  };
}

/** The draft over another dataset: what named the columns of the one before goes. */
export function withDataset(draft: Draft, dataset: string): Draft {
  const {
    filter: _filter,
    expression: _expression,
    status: _status,
    groupBy: _groupBy,
    aggregates: _aggregates,
    having: _having,
    pivot: _pivot,
    partitionBy: _partitionBy,
    ...rest
  } = draft;
  return { ...rest, dataset, columns: [], takesAll: true, sort: [] };
}

/** The draft as the server takes it. */
export function definitionOf(draft: Draft, columns: readonly Column[]): ExportInput {
  const { columns: chosen, takesAll, format, options, ...rest } = draft;
  const type = format ?? recommendedFormat(draft, columns).id;
  const limit = draft.mode === 'full' ? draft.limit : undefined;
  const definition = {
    ...rest,
    columns: takesAll ? undefined : chosenColumns(chosen),
    limit,
    format: { type, options: options[type] ?? {} },
  };
  const given = Object.entries(definition).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as ExportInput;
}
