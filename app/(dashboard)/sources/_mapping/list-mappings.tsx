'use client';

import { ActionIcon, Group, Paper, Select, Stack, Text, Title } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { FieldList } from './field-list.tsx';
import {
  type FurtherDraft,
  type KnownDataset,
  type ListDraft,
  listProblems,
  type SourceColumns,
} from './further-draft.ts';
import type { FieldDrafts } from './mapping-draft.ts';
import type { SampleRows } from './sample.ts';
import { itemChoices } from './source-choices.ts';

interface ListMappingsProps {
  readonly further: FurtherDraft;
  readonly source: SourceColumns & { readonly rows: SampleRows };
  /** Those that a list can fill. */
  readonly datasets: readonly KnownDataset[];
  /** What the server says of single fields: `also.0.fields.sku` by the place of the list. */
  problemsOf(place: number): Readonly<Record<string, string>>;
  /** Answers what could fill the dataset's columns out of the list's items. */
  suggest(each: string, target: KnownDataset): Promise<FieldDrafts>;
  onChange(change: (further: FurtherDraft) => FurtherDraft): void;
}

/** Lists within a row whose items fill datasets of their own. */
export function ListMappings({
  further,
  source,
  datasets,
  problemsOf,
  suggest,
  onChange,
}: ListMappingsProps) {
  const places = further.lists.map((list, place) => ({ list, place }));
  const taken = new Set(further.lists.map(({ dataset }) => dataset));
  const change = (place: number, list: (before: ListDraft) => ListDraft) =>
    onChange(({ lists, ...rest }) => ({
      ...rest,
      lists: lists.map((one, index) => (index === place ? list(one) : one)),
    }));
  const choose = async (place: number, each: string, name: string | null) => {
    change(place, (list) => ({ ...list, dataset: name, drafts: {} }));
    const target = datasets.find((one) => one.name === name);
    if (!target) return;
    const drafts = await suggest(each, target);
    const isStill = (list: ListDraft) => list.dataset === name && Object.keys(list.drafts).length === 0;
    change(place, (list) => (isStill(list) ? { ...list, drafts } : list));
  };
  if (source.lists.length === 0 && further.lists.length === 0) return null;
  return (
    <Stack component="section" aria-labelledby="lists" gap="md">
      <ListsTitle />
      {places.map(({ list, place }) => (
        <ListMapping
          key={place}
          {...{ list, source }}
          datasets={datasets.filter(({ name }) => name === list.dataset || !taken.has(name))}
          problems={problemsOf(place)}
          onDataset={(name) => void choose(place, list.each, name)}
          onChange={(next) => change(place, () => next)}
          onRemove={() => onChange(({ lists, ...rest }) => ({ ...rest, lists: lists.toSpliced(place, 1) }))}
        />
      ))}
      <Select
        label="Also fill another dataset from a list"
        placeholder="Choose a list"
        data={source.lists.map(({ each }) => each)}
        value={null}
        onChange={(each) =>
          each &&
          onChange(({ lists, ...rest }) => ({
            ...rest,
            lists: [...lists, { each, dataset: null, drafts: {} }],
          }))
        }
        maw={420}
      />
    </Stack>
  );
}

function ListsTitle() {
  return (
    <div>
      <Title order={3} size="h5" id="lists">
        Lists within a row
      </Title>
      <Text size="sm" c="dimmed" maw={640}>
        The items of a list, such as the lines of an order, can be the rows of another dataset.
      </Text>
    </div>
  );
}

interface ListMappingProps extends Pick<ListMappingsProps, 'source' | 'datasets'> {
  readonly list: ListDraft;
  readonly problems: Readonly<Record<string, string>>;
  onDataset(name: string | null): void;
  onChange(list: ListDraft): void;
  onRemove(): void;
}

function ListMapping({ list, source, datasets, problems, onDataset, onChange, onRemove }: ListMappingProps) {
  const { each, dataset, drafts } = list;
  const target = datasets.find(({ name }) => name === dataset);
  const choices = useMemo(() => itemChoices(each, source, source.rows), [each, source]);
  const own = listProblems(list, datasets, source);
  return (
    <Paper withBorder p="md" component="section" aria-label={`Items of ${each}`}>
      <Group justify="space-between" align="flex-end" wrap="nowrap">
        <Select
          label={`Each item of “${each}” is a row of`}
          placeholder="Choose a dataset"
          data={datasets.map(({ name, label }) => ({ value: name, label }))}
          value={dataset}
          onChange={onDataset}
          searchable
          allowDeselect={false}
          error={own['']}
          flex={1}
          maw={420}
        />
        <ActionIcon variant="subtle" color="gray" aria-label={`Fill nothing from ${each}`} onClick={onRemove}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {target && (
        <FieldList
          {...{ target, drafts, choices }}
          problems={{ ...problems, ...own }}
          onChange={(next) => onChange({ ...list, drafts: next })}
        />
      )}
    </Paper>
  );
}
