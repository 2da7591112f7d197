import {
  type FurtherDraft,
  furtherOf,
  furtherProblem,
  type KnownDataset,
  nothingFurther,
  streamMappingOf,
} from '#app/(dashboard)/sources/_mapping/further-draft.ts';
import {
  draftsOf,
  type FieldDrafts,
  mappingProblems,
  rootColumn,
} from '#app/(dashboard)/sources/_mapping/mapping-draft.ts';
import type { SourcePatch } from '#lib/sources/definition.ts';
import type { StreamPreview } from '#lib/sources/preview.ts';
import type { SourceView } from '#lib/sources/view.ts';

/** Where a stream goes, while that is being written. */
export interface Onto {
  readonly dataset: string | null;
  readonly drafts: FieldDrafts;
  readonly further: FurtherDraft;
}

export const nowhere: Onto = { dataset: null, drafts: {}, further: nothingFurther };

type Streams = SourceView['streams'];

/** Stored mappings by stream, ready to be changed. */
export function ontoOf(streams: Streams): Readonly<Record<string, Onto>> {
  return Object.fromEntries(
    Object.entries(streams).map(([name, mapping]) => [
      name,
      { dataset: mapping.dataset, drafts: draftsOf(mapping.fields), further: furtherOf(mapping) },
    ]),
  );
}

/** What the mapping of a stream is written over. */
export type SourceSample = Pick<StreamPreview, 'name' | 'columns' | 'rows' | 'paths' | 'lists'>;

/** What a source must have, as far as its mapping says: where it cannot be read. */
export function knownFrom(name: string, mapping?: Streams[string]): SourceSample {
  const columns = mapping?.columns ?? rootsOf(mapping?.fields ?? {});
  const lists = (mapping?.also ?? []).map(({ each, fields }) => ({
    each,
    columns: rootsOf(fields).map(asText),
  }));
  return { name, columns: columns.map(asText), rows: [], paths: [], lists };
}

function rootsOf(fields: Streams[string]['fields']): string[] {
  const read = Object.values(draftsOf(fields)).flatMap(({ from }) => (from ? rootColumn(from) : []));
  return [...new Set(read)];
}

function asText(name: string) {
  return { name, type: 'text' } as const;
}

/** What keeps mappings from being saved, in a sentence. */
export function ontoProblem(
  mapped: Readonly<Record<string, Onto>>,
  datasets: readonly KnownDataset[],
  sourceOf: (stream: string) => SourceSample,
): string | undefined {
  const problems = Object.entries(mapped).map(([name, { dataset, drafts, further }]) => {
    const target = datasets.find((one) => one.name === dataset);
    const source = sourceOf(name);
    const columns = new Set(source.columns.map((column) => column.name));
    return (
      target &&
      (Object.values(mappingProblems(drafts, target, columns))[0] ??
        furtherProblem(further, datasets, source))
    );
  });
  return problems.find(Boolean);
}

/**
 * The mappings as a merge: a stream that goes nowhere any more is null. `read` has what the source was found to
 * hold; a stream that is not among it keeps the columns that were noted.
 */
export function streamsPatch(
  before: Streams,
  mapped: Readonly<Record<string, Onto>>,
  read: readonly SourceSample[],
): NonNullable<SourcePatch['streams']> {
  const columnsOf = (name: string) =>
    read.find((one) => one.name === name)?.columns.map((column) => column.name) ??
    before[name]?.columns ??
    [];
  const entries = Object.entries(mapped)
    .filter(([name, { dataset }]) => dataset !== null || name in before)
    .map(([name, { dataset, drafts, further }]) => [
      name,
      dataset && streamMappingOf(dataset, drafts, further, columnsOf(name)),
    ]);
  return Object.fromEntries(entries);
}
