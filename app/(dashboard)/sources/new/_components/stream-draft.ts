import {
  type FurtherDraft,
  type KnownDataset,
  nothingFurther,
} from '#app/(dashboard)/sources/_mapping/further-draft.ts';
import {
  type FieldDraft,
  type FieldDrafts,
  plainField,
  type Target,
} from '#app/(dashboard)/sources/_mapping/mapping-draft.ts';
import type { Column, ColumnType } from '#lib/core/columns.ts';
import { columnNames, freeName, machineName } from '#lib/datasets/names.ts';
import type { DatasetInput } from '#lib/datasets/schema.ts';
import type { StreamPreview } from '#lib/sources/preview.ts';

/** A column of a dataset that is yet to be made. */
export interface NewColumn {
  /** The source's column that it is made for. */
  readonly id: string;
  readonly label: string;
  readonly type: ColumnType;
  readonly included: boolean;
  readonly field: FieldDraft | undefined;
}

/** A dataset that is yet to be made. */
export interface NewDataset {
  readonly label: string;
  /** Null: made from the label. */
  readonly name: string | null;
  readonly columns: readonly NewColumn[];
  /** Ids of columns. */
  readonly key: readonly string[];
}

/** What becomes of a stream. What was said of one choice is kept while another is looked at. */
export interface StreamDraft {
  readonly choice: 'new' | 'existing' | 'none';
  readonly made: NewDataset;
  readonly existing: string | null;
  /** By the name of an existing dataset. */
  readonly mappings: Readonly<Record<string, FieldDrafts>>;
  readonly further: FurtherDraft;
}

/** A stream as it is first offered: a new dataset of all its columns, with the key that suits best. */
export function startStream({ columns, keys }: StreamPreview, label: string): StreamDraft {
  const made: NewDataset = {
    label,
    name: null,
    columns: columns.map(({ name, type }) => ({
      id: name,
      label: name,
      type,
      included: true,
      field: plainField(name),
    })),
    key: keys[0]?.columns ?? [],
  };
  return { choice: 'new', made, existing: null, mappings: {}, further: nothingFurther };
}

/** The name under which a new dataset is made: the one said, else one that is free. */
export function datasetName({ label, name }: NewDataset, taken: readonly string[]): string {
  return name ?? freeName(machineName(label, 'dataset'), new Set(taken));
}

/** The columns that a new dataset gets, by the ids of those that they are made for. */
export function madeColumns({ columns }: NewDataset): ReadonlyMap<string, Column> {
  const included = columns.filter((column) => column.included);
  const names = columnNames(included.map(({ label }) => label));
  return new Map(
    included.map(({ id, label, type }, index) => {
      const name = names[index] ?? id;
      return [id, { name, type, ...(label !== name && label !== '' && { label }) }];
    }),
  );
}

/** A new dataset as the API takes it. */
export function datasetInput(made: NewDataset, taken: readonly string[]): DatasetInput {
  const columns = madeColumns(made);
  return {
    name: datasetName(made, taken),
    label: made.label.trim(),
    columns: [...columns.values()],
    key: made.key.flatMap((id) => columns.get(id)?.name ?? []),
  };
}

/** What a new dataset's columns are filled with, by their names. */
export function madeDrafts(made: NewDataset): FieldDrafts {
  const columns = madeColumns(made);
  const entries = made.columns.flatMap(({ id, field }): [string, FieldDraft][] => {
    const column = columns.get(id);
    return column && field ? [[column.name, field]] : [];
  });
  return Object.fromEntries(entries);
}

/** The new dataset with its columns filled otherwise. */
export function withMadeDrafts(made: NewDataset, drafts: FieldDrafts): NewDataset {
  const columns = madeColumns(made);
  const fieldOf = (column: NewColumn) => {
    const name = columns.get(column.id)?.name;
    return name === undefined ? column.field : drafts[name];
  };
  return { ...made, columns: made.columns.map((column) => ({ ...column, field: fieldOf(column) })) };
}

/** What a stream is to be mapped onto; undefined where nothing is chosen. */
export function targetOf(stream: StreamDraft, datasets: readonly KnownDataset[]): Target | undefined {
  if (stream.choice === 'existing') return datasets.find(({ name }) => name === stream.existing);
  if (stream.choice === 'none') return undefined;
  const { columns, key } = datasetInput(stream.made, []);
  return { name: null, columns, key };
}

/** What keeps a new dataset from being made, in a sentence. */
export function newDatasetProblem(made: NewDataset): string | undefined {
  if (made.label.trim() === '') return 'Give the dataset a name.';
  const columns = madeColumns(made);
  if (columns.size === 0) return 'Include at least one column.';
  const key = made.key.filter((id) => columns.has(id));
  if (key.length === 0) return 'Choose what a row is known by.';
  return undefined;
}
