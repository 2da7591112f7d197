import type { Values } from '#app/_ui/schema-form/schema.ts';
import { uploadedFile } from '#app/_ui/schema-form/use-upload.ts';
import {
  furtherProblem,
  type KnownDataset,
  streamMappingOf,
} from '#app/(dashboard)/sources/_mapping/further-draft.ts';
import { mappingProblems } from '#app/(dashboard)/sources/_mapping/mapping-draft.ts';
import type { ConnectorView } from '#lib/sources/connectors.ts';
import type { SourceInput } from '#lib/sources/definition.ts';
import type { StreamPreview } from '#lib/sources/preview.ts';
import {
  datasetInput,
  datasetName,
  madeDrafts,
  newDatasetProblem,
  type StreamDraft,
  startStream,
  targetOf,
} from './stream-draft.ts';

/** A source while it is being added: everything that was said so far. */
export interface SourceDraft {
  readonly connector: ConnectorView | null;
  readonly config: Values;
  readonly credentials: unknown;
  /** Null: not read yet, or read with another configuration. */
  readonly preview: readonly StreamPreview[] | null;
  readonly streams: Readonly<Record<string, StreamDraft>>;
  /** Null: named after its file. */
  readonly name: string | null;
  readonly frequency: SourceInput['syncFrequency'];
}

export const emptyDraft: SourceDraft = {
  connector: null,
  config: {},
  credentials: null,
  preview: null,
  streams: {},
  name: null,
  frequency: 'manual',
};

/** Takes up what a source holds. Streams that still have the same columns keep what was said of them. */
export function withPreview(draft: SourceDraft, preview: readonly StreamPreview[]): SourceDraft {
  const label = suggestedName(draft);
  const streams = preview.map((stream) => {
    const before = draft.streams[stream.name];
    const isSame = before && sameColumns(before, stream);
    const own = preview.length > 1 ? `${label} ${stream.name}` : label;
    return [stream.name, isSame ? before : startStream(stream, own)];
  });
  return { ...draft, preview, streams: Object.fromEntries(streams) };
}

function sameColumns({ made }: StreamDraft, { columns }: StreamPreview): boolean {
  const names = (list: readonly string[]) => JSON.stringify(list);
  return names(made.columns.map(({ id }) => id)) === names(columns.map(({ name }) => name));
}

/** What a person would call the source: as its file, without path and ending. */
export function suggestedName({ config, connector }: SourceDraft): string {
  const path = uploadedFile(config.upload)?.name ?? URL.parse(String(config.url ?? ''))?.pathname ?? '';
  const file = decodeURIComponent(path.split('/').filter(Boolean).at(-1) ?? '');
  const name = file
    .replace(/(\.[a-z0-9]{1,7})+$/i, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim();
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  return capital || `${connector?.name ?? ''} source`;
}

/** What keeps a stream's dataset from being settled, in a sentence. */
export function datasetProblem(draft: SourceDraft, datasets: readonly KnownDataset[]): string | undefined {
  const streams = Object.values(draft.streams);
  if (streams.every(({ choice }) => choice === 'none')) return 'Choose a dataset for at least one stream.';
  for (const stream of streams) {
    const problem = stream.choice === 'new' ? newDatasetProblem(stream.made) : undefined;
    if (problem) return problem;
    if (stream.choice === 'existing' && !targetOf(stream, datasets)) return 'Choose a dataset.';
  }
  return undefined;
}

/** What a stream's columns are filled with. */
export function draftsFor(stream: StreamDraft) {
  return stream.choice === 'new' ? madeDrafts(stream.made) : (stream.mappings[stream.existing ?? ''] ?? {});
}

/** What keeps a mapping from being saved, in a sentence. */
export function mappingProblem(draft: SourceDraft, datasets: readonly KnownDataset[]): string | undefined {
  for (const source of draft.preview ?? []) {
    const { name, columns } = source;
    const stream = draft.streams[name];
    const target = stream && targetOf(stream, datasets);
    if (!target) continue;
    const known = new Set(columns.map((column) => column.name));
    const [problem] = Object.entries(mappingProblems(draftsFor(stream), target, known));
    if (problem) return `${problem[0]}: ${problem[1]}`;
    const further = furtherProblem(stream.further, datasets, source);
    if (further) return further;
  }
  return undefined;
}

/** The source as the API takes it, with the datasets that are made along. */
export function sourceInputOf(draft: SourceDraft, datasets: readonly KnownDataset[]) {
  const taken = datasets.map(({ name }) => name);
  const chosen = Object.entries(draft.streams).filter(([, { choice }]) => choice !== 'none');
  const datasetOf = (stream: StreamDraft) =>
    stream.choice === 'new' ? datasetName(stream.made, taken) : (stream.existing ?? '');
  return {
    sourceType: draft.connector?.id ?? '',
    displayName: (draft.name ?? suggestedName(draft)).trim(),
    syncFrequency: draft.frequency,
    config: draft.config,
    credentials: draft.credentials,
    streams: Object.fromEntries(
      chosen.map(([name, stream]) => {
        const columns = draft.preview?.find((one) => one.name === name)?.columns ?? [];
        const names = columns.map((column) => column.name);
        return [name, streamMappingOf(datasetOf(stream), draftsFor(stream), stream.further, names)];
      }),
    ),
    datasets: chosen.flatMap(([, { choice, made }]) => (choice === 'new' ? datasetInput(made, taken) : [])),
  };
}
