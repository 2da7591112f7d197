'use client';

import { Button, Group, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
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
import { StreamTabs } from '#app/(dashboard)/sources/_mapping/stream-tabs.tsx';
import { changeSource } from '#app/(dashboard)/sources/actions.ts';
import type { SourcePatch } from '#lib/sources/definition.ts';
import type { StreamPreview } from '#lib/sources/preview.ts';
import type { SourceView } from '#lib/sources/view.ts';
import { useSourcePreview } from './use-source-preview.ts';

const MappingEditor = dynamic(
  () => import('#app/(dashboard)/sources/_mapping/mapping-editor.tsx').then((file) => file.MappingEditor),
  { loading: () => <Skeleton height={320} /> },
);

interface Onto {
  readonly dataset: string | null;
  readonly drafts: FieldDrafts;
  readonly further: FurtherDraft;
}

const nowhere: Onto = { dataset: null, drafts: {}, further: nothingFurther };

interface SourceMappingProps {
  readonly sourceId: string;
  readonly connector: string;
  /** The source's streams. */
  readonly names: readonly string[];
  readonly streams: SourceView['streams'];
  readonly datasets: readonly KnownDataset[];
}

/** A saved source's mapping, changed with its present rows beside it. */
export function SourceMapping({ sourceId, connector, names, streams, datasets }: SourceMappingProps) {
  const [mapped, setMapped] = useState<Readonly<Record<string, Onto>>>(() => ontoOf(streams));
  const preview = useSourcePreview(sourceId);
  const { run, pending, error } = useAction(changeSource);
  const unread = useMemo(
    () => new Map(names.map((name) => [name, knownFrom(name, streams[name])])),
    [names, streams],
  );
  const sourceOf = (name: string) =>
    preview.streams?.find((one) => one.name === name) ?? unread.get(name) ?? knownFrom(name);
  const problem = Object.entries(mapped)
    .map(([name, { dataset, drafts, further }]) => {
      const target = datasets.find((one) => one.name === dataset);
      const source = sourceOf(name);
      const columns = new Set(source.columns.map((column) => column.name));
      if (!target) return undefined;
      return (
        Object.values(mappingProblems(drafts, target, columns))[0] ??
        furtherProblem(further, datasets, source)
      );
    })
    .find(Boolean);
  const save = async () => {
    const columnsOf = (name: string) => sourceOf(name).columns.map((column) => column.name);
    const patch = { streams: streamsPatch(streams, mapped, columnsOf) };
    const saved = await run({ id: sourceId, patch });
    if (saved) notifications.show({ message: 'The mapping is saved. Sync now to apply it to all rows.' });
  };
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} size="h4">
          Which column goes where
        </Title>
        <Text c="dimmed" maw={640}>
          A changed mapping is applied to all rows by the next full sync. Until then, they stay as they are.
        </Text>
      </div>
      <ProblemAlert error={preview.error} title="The source could not be read for a preview" />
      {preview.isReading ? (
        <Skeleton height={320} aria-label="Reading the source" />
      ) : (
        <StreamTabs names={names}>
          {(name) => (
            <StreamMapping
              {...{ connector, datasets }}
              source={sourceOf(name)}
              onto={mapped[name] ?? nowhere}
              madeFor={streams[name]?.columns}
              onChange={(change) =>
                setMapped((before) => ({ ...before, [name]: change(before[name] ?? nowhere) }))
              }
            />
          )}
        </StreamTabs>
      )}
      <ProblemAlert error={error} title="Nothing was saved" />
      <Group>
        <Button onClick={save} loading={pending} disabled={problem !== undefined || preview.isReading}>
          Save mapping
        </Button>
        {problem && <Text size="sm">{problem}</Text>}
      </Group>
    </Stack>
  );
}

interface StreamMappingProps extends Pick<SourceMappingProps, 'connector' | 'datasets'> {
  readonly source: Source;
  readonly onto: Onto;
  /** The source's columns when the mapping was saved, where they were noted. */
  readonly madeFor: readonly string[] | undefined;
  onChange(change: (before: Onto) => Onto): void;
}

/** Where one stream goes, and which of its columns where. */
function StreamMapping({ connector, datasets, source, onto, madeFor, onChange }: StreamMappingProps) {
  const target = datasets.find((one) => one.name === onto.dataset);
  return (
    <Stack>
      <Select
        label="Dataset"
        data={datasets.map((one) => ({ value: one.name, label: one.label }))}
        value={onto.dataset}
        onChange={(dataset) => onChange(() => ({ ...nowhere, dataset }))}
        placeholder="Not synced"
        clearable
        clearButtonProps={{ 'aria-label': 'Sync it no more' }}
        maw={420}
      />
      {target && (
        <MappingEditor
          {...{ connector, target, source, datasets }}
          drafts={onto.drafts}
          further={onto.further}
          added={addedColumns(madeFor, source)}
          onChange={(drafts) => onChange((before) => ({ ...before, drafts }))}
          onFurther={(change) => onChange((before) => ({ ...before, further: change(before.further) }))}
        />
      )}
    </Stack>
  );
}

function ontoOf(streams: SourceView['streams']): Readonly<Record<string, Onto>> {
  return Object.fromEntries(
    Object.entries(streams).map(([name, mapping]) => [
      name,
      { dataset: mapping.dataset, drafts: draftsOf(mapping.fields), further: furtherOf(mapping) },
    ]),
  );
}

type Source = Pick<StreamPreview, 'name' | 'columns' | 'rows' | 'paths' | 'lists'>;

/** What a source must have, as far as its mapping says: where it cannot be read. */
function knownFrom(name: string, mapping?: SourceView['streams'][string]): Source {
  const read = Object.values(draftsOf(mapping?.fields ?? {})).flatMap(({ from }) =>
    from ? rootColumn(from) : [],
  );
  const names = [...new Set(mapping?.columns ?? read)];
  return {
    name,
    columns: names.map((column) => ({ name: column, type: 'text' })),
    rows: [],
    paths: [],
    lists: [],
  };
}

/** The columns that have come since the mapping was saved. */
function addedColumns(madeFor: readonly string[] | undefined, { columns }: Source): string[] {
  const known = new Set(madeFor);
  return madeFor === undefined ? [] : columns.map(({ name }) => name).filter((name) => !known.has(name));
}

/** As a merge: a stream that goes nowhere any more is null. */
function streamsPatch(
  before: SourceView['streams'],
  mapped: Readonly<Record<string, Onto>>,
  columnsOf: (name: string) => readonly string[],
): NonNullable<SourcePatch['streams']> {
  const entries = Object.entries(mapped)
    .filter(([name, { dataset }]) => dataset !== null || name in before)
    .map(([name, { dataset, drafts, further }]) => [
      name,
      dataset && streamMappingOf(dataset, drafts, further, columnsOf(name)),
    ]);
  return Object.fromEntries(entries);
}
