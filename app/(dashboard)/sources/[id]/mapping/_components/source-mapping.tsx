'use client';

import { Button, Group, Select, Skeleton, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import {
  draftsOf,
  type FieldDrafts,
  mappingOf,
  mappingProblems,
  type Target,
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
}

interface SourceMappingProps {
  readonly sourceId: string;
  readonly connector: string;
  /** The source's streams. */
  readonly names: readonly string[];
  readonly streams: SourceView['streams'];
  readonly datasets: readonly (Target & { readonly name: string; readonly label: string })[];
}

/** A saved source's mapping, changed with its present rows beside it. */
export function SourceMapping({ sourceId, connector, names, streams, datasets }: SourceMappingProps) {
  const [mapped, setMapped] = useState<Readonly<Record<string, Onto>>>(() => ontoOf(streams));
  const preview = useSourcePreview(sourceId);
  const { run, pending, error } = useAction(changeSource);
  const sourceOf = (name: string) =>
    preview.streams?.find((one) => one.name === name) ?? knownFrom(name, mapped[name]?.drafts ?? {});
  const problem = Object.entries(mapped)
    .map(([name, { dataset, drafts }]) => {
      const target = datasets.find((one) => one.name === dataset);
      const columns = new Set(sourceOf(name).columns.map((column) => column.name));
      return target && Object.values(mappingProblems(drafts, target, columns))[0];
    })
    .find(Boolean);
  const save = async () => {
    const patch = { streams: streamsPatch(streams, mapped) };
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
              onto={mapped[name] ?? { dataset: null, drafts: {} }}
              onChange={(onto) => setMapped({ ...mapped, [name]: onto })}
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
  readonly source: ReturnType<typeof knownFrom>;
  readonly onto: Onto;
  onChange(onto: Onto): void;
}

/** Where one stream goes, and which of its columns where. */
function StreamMapping({ connector, datasets, source, onto, onChange }: StreamMappingProps) {
  const target = datasets.find((one) => one.name === onto.dataset);
  return (
    <Stack>
      <Select
        label="Dataset"
        data={datasets.map((one) => ({ value: one.name, label: one.label }))}
        value={onto.dataset}
        onChange={(dataset) => onChange({ dataset, drafts: {} })}
        placeholder="Not synced"
        clearable
        clearButtonProps={{ 'aria-label': 'Sync it no more' }}
        maw={420}
      />
      {target && (
        <MappingEditor
          {...{ connector, target, source }}
          drafts={onto.drafts}
          onChange={(drafts) => onChange({ ...onto, drafts })}
        />
      )}
    </Stack>
  );
}

function ontoOf(streams: SourceView['streams']): Readonly<Record<string, Onto>> {
  return Object.fromEntries(
    Object.entries(streams).map(([name, { dataset, fields }]) => [
      name,
      { dataset, drafts: draftsOf(fields) },
    ]),
  );
}

/** What a source must have, as far as its mapping says: where it cannot be read. */
function knownFrom(name: string, drafts: FieldDrafts): Pick<StreamPreview, 'name' | 'columns' | 'rows'> {
  const names = [...new Set(Object.values(drafts).map(({ from }) => from))];
  return { name, columns: names.map((column) => ({ name: column, type: 'text' })), rows: [] };
}

/** As a merge: a stream that goes nowhere any more is null. */
function streamsPatch(
  before: SourceView['streams'],
  mapped: Readonly<Record<string, Onto>>,
): NonNullable<SourcePatch['streams']> {
  const entries = Object.entries(mapped)
    .filter(([name, { dataset }]) => dataset !== null || name in before)
    .map(([name, { dataset, drafts }]) => [name, dataset && { dataset, fields: mappingOf(drafts) }]);
  return Object.fromEntries(entries);
}
