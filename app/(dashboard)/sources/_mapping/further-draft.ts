import type { Column } from '#lib/core/columns.ts';
import type { StreamMapping } from '#lib/datasets/stream-mapping.ts';
import type { StreamPreview } from '#lib/sources/preview.ts';
import {
  draftsOf,
  type FieldDrafts,
  isKeyFilled,
  mappingOf,
  mappingProblems,
  rootColumn,
  type Target,
} from './mapping-draft.ts';

/** A dataset that is there, as much as the choice of one needs. */
export interface KnownDataset extends Target {
  readonly name: string;
  readonly label: string;
}

/** A list whose items fill a dataset of their own, while it is being written. */
export interface ListDraft {
  readonly each: string;
  /** The name of the dataset; null where none was chosen yet. */
  readonly dataset: string | null;
  readonly drafts: FieldDrafts;
}

/** What becomes of a stream beside the columns of its own dataset. */
export interface FurtherDraft {
  readonly lists: readonly ListDraft[];
  readonly keepExtra: boolean;
}

export const nothingFurther: FurtherDraft = { lists: [], keepExtra: false };

/** As it is stored, ready to be changed. */
export function furtherOf({
  also = [],
  keepExtra = false,
}: Pick<StreamMapping, 'also' | 'keepExtra'>): FurtherDraft {
  const lists = also.map(({ each, dataset, fields }) => ({ each, dataset, drafts: draftsOf(fields) }));
  return { lists, keepExtra };
}

/** A stream's mapping as it is stored, made for these columns; lists that have no dataset yet are left out. */
export function streamMappingOf(
  dataset: string,
  drafts: FieldDrafts,
  { lists, keepExtra }: FurtherDraft,
  columns: readonly string[],
): StreamMapping {
  const also = lists.flatMap((list) =>
    list.dataset === null ? [] : { dataset: list.dataset, each: list.each, fields: mappingOf(list.drafts) },
  );
  return {
    dataset,
    fields: mappingOf(drafts),
    ...(also.length > 0 && { also }),
    ...(keepExtra && { keepExtra }),
    ...(columns.length > 0 && { columns: [...columns] }),
  };
}

/** The lists that a preview can show: their dataset is chosen, and its key filled; each with its place. */
export function shownLists({ lists }: FurtherDraft, datasets: readonly KnownDataset[]) {
  return lists.flatMap((list, place) => {
    const target = datasets.find(({ name }) => name === list.dataset);
    return target && isKeyFilled(list.drafts, target) ? { list, place, target } : [];
  });
}

/** What an item's dataset may be filled with: paths, each with what a person calls it. */
export interface ItemSource {
  readonly own: readonly Column[];
  readonly ofRow: readonly string[];
}

/** What the items of a list have, by the sample. */
export function itemSource(each: string, { columns, paths, lists }: SourceColumns): ItemSource {
  const own = lists.find((list) => list.each === each)?.columns ?? [];
  return { own, ofRow: [...columns, ...paths].map(({ name }) => `parent.${name}`) };
}

/** A stream's columns, and what lies within them. */
export type SourceColumns = Pick<StreamPreview, 'columns' | 'paths' | 'lists'>;

/** The names by which an item's fields may begin: its own, its row, itself and its place. */
function itemNames({ own }: ItemSource): ReadonlySet<string> {
  return new Set([...own.flatMap(({ name }) => [name, rootColumn(name)]), 'parent', 'item', 'index']);
}

/** What keeps a list from being saved, by column of its dataset; `''` for the dataset itself. */
export function listProblems(
  { dataset, drafts, each }: ListDraft,
  datasets: readonly KnownDataset[],
  source: SourceColumns,
): Readonly<Record<string, string>> {
  const target = datasets.find(({ name }) => name === dataset);
  if (!target) return { '': 'Choose the dataset that its items fill.' };
  return mappingProblems(drafts, target, itemNames(itemSource(each, source)));
}

/** What keeps lists from being saved, in a sentence. */
export function furtherProblem(
  { lists }: FurtherDraft,
  datasets: readonly KnownDataset[],
  source: SourceColumns,
): string | undefined {
  for (const list of lists) {
    const [problem] = Object.values(listProblems(list, datasets, source));
    if (problem) return `${list.each}: ${problem}`;
  }
  return undefined;
}
