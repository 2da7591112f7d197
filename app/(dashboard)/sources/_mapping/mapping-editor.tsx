'use client';

import { Alert, Checkbox, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import type { StreamPreview } from '#lib/sources/preview.ts';
import { FieldList } from './field-list.tsx';
import { fieldProblems } from './field-problems.ts';
import { type FurtherDraft, type KnownDataset, shownLists } from './further-draft.ts';
import { ListMappings } from './list-mappings.tsx';
import { MappedPreview } from './mapped-preview.tsx';
import {
  draftsOf,
  type FieldDrafts,
  isKeyFilled,
  mappingOf,
  mappingProblems,
  type Target,
  unusedColumns,
} from './mapping-draft.ts';
import type { SampleRows } from './sample.ts';
import { rowChoices } from './source-choices.ts';
import { mapRows, useMappedPreview } from './use-mapped-preview.ts';

/** Rows that a mapping is tried on instead of the source's first, as far as they are read. */
export interface TriedRows {
  readonly rows?: SampleRows;
  /** Where a person chooses which. */
  readonly choice: ReactNode;
}

export interface MappingEditorProps {
  readonly connector: string;
  readonly source: Pick<StreamPreview, 'name' | 'columns' | 'rows' | 'paths' | 'lists'>;
  readonly target: Target;
  /** Those that lists can fill. */
  readonly datasets: readonly KnownDataset[];
  readonly drafts: FieldDrafts;
  readonly further: FurtherDraft;
  /** The source's columns that were not there when the mapping was made. */
  readonly added?: readonly string[];
  readonly tried?: TriedRows | undefined;
  onChange(drafts: FieldDrafts): void;
  onFurther(change: (further: FurtherDraft) => FurtherDraft): void;
}

/** Says, column by column, what of a source fills a dataset, and shows what comes of it. */
export function MappingEditor(props: MappingEditorProps) {
  const { connector, source, tried, target, datasets, onChange, onFurther } = props;
  const { drafts, further, added = [] } = props;
  const choices = useMemo(() => rowChoices(source, source.rows), [source]);
  const names = useMemo(() => new Set(source.columns.map(({ name }) => name)), [source.columns]);
  const sampled = { connector, stream: source.name, rows: source.rows };
  const lists = shownLists(further, datasets);
  const asked = {
    target,
    fields: mappingOf(drafts),
    also: lists.map(({ list, target: of }) => ({
      target: of,
      each: list.each,
      fields: mappingOf(list.drafts),
    })),
    keepExtra: further.keepExtra,
  };
  const isReady = isKeyFilled(drafts, target);
  const mapped = useMappedPreview({ ...sampled, rows: tried?.rows ?? source.rows }, asked, isReady);
  const ofServer = fieldProblems(mapped.problems);
  const suggest = async (each: string, of: KnownDataset) => {
    const suggested = await mapRows(sampled, { target, also: [{ target: of, each }] }).catch(() => undefined);
    return draftsOf(suggested?.also[0]?.fields ?? {});
  };
  return (
    <Stack gap="lg">
      <section aria-labelledby="mapping">
        <Title order={3} size="h5" id="mapping">
          Where each column comes from
        </Title>
        <Added names={added} />
        <FieldList
          {...{ target, drafts, choices, onChange }}
          problems={{ ...ofServer.own, ...mappingProblems(drafts, target, names) }}
        />
        <Unused names={unusedColumns(drafts, source.columns)} />
        <KeepExtra
          checked={further.keepExtra}
          onChange={(keepExtra) => onFurther((before) => ({ ...before, keepExtra }))}
        />
      </section>
      <ListMappings
        {...{ further, source, suggest }}
        datasets={datasets.filter(({ name }) => name !== target.name)}
        problemsOf={(place) => ofServer.ofList(lists.findIndex((list) => list.place === place))}
        onChange={onFurther}
      />
      <MappedPreview
        {...mapped}
        isReady={isReady}
        listLabels={lists.map((list) => list.target.label)}
        choice={tried?.choice}
      />
    </Stack>
  );
}

function KeepExtra({ checked, onChange }: { checked: boolean; onChange(checked: boolean): void }) {
  return (
    <Checkbox
      mt="sm"
      label="Keep unmapped columns"
      description="Whatever fills no column is kept along with each row, as JSON."
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function Added({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  const title = names.length === 1 ? 'One new column' : `${names.length} new columns`;
  return (
    <Alert color="blue" title={title} mt="xs">
      Since this mapping was made, the source has got: {names.join(', ')}. Fill a column with{' '}
      {names.length === 1 ? 'it' : 'them'}, or save the mapping as it is.
    </Alert>
  );
}

function Unused({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" mt="sm" style={{ overflowWrap: 'anywhere' }}>
      Columns of the source that are not used: {names.join(', ')}
    </Text>
  );
}
