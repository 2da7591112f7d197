import type { Column } from '#lib/core/columns.ts';
import type { DatasetView } from '#lib/datasets/view.ts';
import type { ExportDefinition, ExportInput } from '#lib/exports/definition.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import { type QueryDraft, queryDraft, queryOf } from './query-draft.ts';
import { recommendedFormat } from './recommended-format.ts';
import { type TableDraft, tableDrafts, tableOf } from './table-draft.ts';

/** A dataset that can be chosen. */
export type DatasetChoice = Pick<DatasetView, 'name' | 'label' | 'kind' | 'columns' | 'relations'>;

export type FormatId = FormatInfo['id'];
type Options = Readonly<Record<string, unknown>>;

/**
 * An export as it is being written: complete at every moment, though perhaps not yet right. What is not named here is
 * as in the definition, so that nothing is lost which the editor does not show.
 */
export interface Draft
  extends Omit<ExportDefinition, 'columns' | 'format' | 'tables'>,
    Pick<QueryDraft, 'columns' | 'takesAll'> {
  /** Undefined until one is chosen: then it is the one that is recommended. */
  readonly format: FormatId | undefined;
  /** Of each format, so that going back to one finds its options as they were left. */
  readonly options: Readonly<Partial<Record<FormatId, Options>>>;
  /** Beside the first one, which is the draft's own. */
  readonly tables: readonly TableDraft[];
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
  const { format, tables, ...rest } = { ...nothing, format: undefined, ...prefill };
  return {
    ...queryDraft(rest),
    format: format?.type,
    options: format ? { [format.type]: format.options } : {},
    tables: tableDrafts(tables),
  };
}

/** The format that is chosen, or recommended until one is. */
export function formatIn(draft: Draft, columns: readonly Column[]): FormatId {
  return draft.format ?? recommendedFormat(draft, columns).id;
}

/** The draft as the server takes it. */
export function definitionOf(draft: Draft, columns: readonly Column[]): ExportInput {
  const { format: _, options, tables, ...rest } = draft;
  const type = formatIn(draft, columns);
  const definition = queryOf({
    ...rest,
    limit: draft.mode === 'full' ? draft.limit : undefined,
    format: { type, options: options[type] ?? {} },
    tables: tables.length === 0 ? undefined : tables.map(tableOf),
  });
  return definition as ExportInput;
}

/** What the server previews of one of the further tables: the same as if it were an export of its own. */
export function tableDefinition(table: TableDraft, whole: ExportInput, holdsTables: boolean): ExportInput {
  const { format, personal } = whole;
  // What a workbook is asked to be is said of its first table.
  return {
    ...tableOf(table),
    ...(personal && { personal }),
    ...(format && { format: holdsTables ? { type: format.type } : format }),
  };
}
