import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';
import type { ExportDefinition, ExportInput } from '#lib/exports/definition.ts';
import type { FormatInfo } from '#lib/exports/formats/catalog.ts';
import type { SortKey } from '#lib/exports/query/schema.ts';

/** A dataset that can be chosen. */
export interface DatasetChoice {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly Column[];
}

export interface ColumnDraft {
  readonly source: string;
  /** As typed; the column keeps its name where empty. */
  readonly header: string;
  readonly included: boolean;
}

type FormatId = FormatInfo['id'];
type Options = Readonly<Record<string, unknown>>;

/** An export as it is being written: complete at every moment, though perhaps not yet right. */
export interface Draft {
  readonly name: string;
  /** Empty until one is chosen. */
  readonly dataset: string;
  /** All of the dataset's, those left out too, in the order of the file. */
  readonly columns: readonly ColumnDraft[];
  readonly filter: Filter | undefined;
  readonly sort: readonly SortKey[];
  readonly limit: number | undefined;
  readonly mode: ExportDefinition['mode'];
  /** Undefined until one is chosen: then it is the one that is recommended. */
  readonly format: FormatId | undefined;
  /** Of each format, so that going back to one finds its options as they were left. */
  readonly options: Readonly<Partial<Record<FormatId, Options>>>;
  readonly compression: ExportDefinition['compression'];
  readonly expiresInHours: number;
}

const DEFAULT_HOURS = 24;

/** Nothing chosen but what `prefill` brings. */
export function newDraft(prefill: Partial<ExportDefinition>, datasets: readonly DatasetChoice[]): Draft {
  return draftOf(
    { name: '', dataset: '', sort: [], mode: 'full', compression: 'none', ...prefill },
    datasets,
  );
}

/** A saved export, to be changed. */
export function draftOf(
  saved: Pick<ExportDefinition, 'name' | 'dataset' | 'sort' | 'mode' | 'compression'> &
    Partial<ExportDefinition>,
  datasets: readonly DatasetChoice[],
): Draft {
  const { name, dataset, filter, sort, limit, mode, format, compression, destination } = saved;
  const known = datasets.find((each) => each.name === dataset)?.columns ?? [];
  return {
    name,
    dataset,
    columns: columnDrafts(known, saved.columns),
    filter,
    sort,
    limit,
    mode,
    format: format?.type,
    options: format ? { [format.type]: format.options } : {},
    compression,
    expiresInHours: destination?.expiresInHours ?? DEFAULT_HOURS,
  };
}

/** The draft over another dataset: what named the columns of the one before goes. */
export function withDataset(draft: Draft, { name, columns }: DatasetChoice): Draft {
  return { ...draft, dataset: name, columns: columnDrafts(columns), filter: undefined, sort: [] };
}

/** Those chosen come first, in their order; one that the dataset no longer has stays, for the server to refuse. */
function columnDrafts(
  known: readonly Column[],
  chosen: ExportDefinition['columns'] = undefined,
): ColumnDraft[] {
  if (!chosen) return known.map(({ name }) => ({ source: name, header: '', included: true }));
  const sources = new Set(chosen.map(({ source }) => source));
  return [
    ...chosen.map(({ source, header = '' }) => ({ source, header, included: true })),
    ...known
      .filter(({ name }) => !sources.has(name))
      .map(({ name }) => ({ source: name, header: '', included: false })),
  ];
}

/** JSON where the data has nested values, which a table would hold as text; otherwise CSV. */
export function recommendedFormat(columns: readonly Column[]): FormatId {
  return columns.some(({ type }) => type === 'json') ? 'json' : 'csv';
}

/** The draft as the server takes it. */
export function definitionOf(draft: Draft, columns: readonly Column[]): ExportInput {
  const { name, dataset, filter, sort, limit, mode, compression, expiresInHours } = draft;
  const type = draft.format ?? recommendedFormat(columns);
  const format = { type, options: draft.options[type] ?? {} } as NonNullable<ExportInput['format']>;
  return {
    name,
    dataset,
    ...(!takesAllAsTheyAre(draft, columns) && { columns: chosenColumns(draft) }),
    ...(filter && { filter }),
    sort: [...sort],
    ...(limit !== undefined && mode === 'full' && { limit }),
    mode,
    format,
    compression,
    destination: { type: 'download', expiresInHours },
  };
}

/** Whether columns that the dataset is given later are to come along. */
export function takesAllAsTheyAre(draft: Draft, columns: readonly Column[]): boolean {
  return (
    draft.columns.length === columns.length &&
    draft.columns.every(
      ({ source, header, included }, place) =>
        included && header.trim() === '' && source === columns[place]?.name,
    )
  );
}

function chosenColumns({ columns }: Draft): { source: string; header?: string }[] {
  return columns
    .filter(({ included }) => included)
    .map(({ source, header }) => (header.trim() ? { source, header: header.trim() } : { source }));
}
