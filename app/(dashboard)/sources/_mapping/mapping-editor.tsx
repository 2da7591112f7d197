'use client';

import { Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import type { StreamPreview } from '#lib/sources/preview.ts';
import { FieldRow } from './field-row.tsx';
import { MappedPreview } from './mapped-preview.tsx';
import {
  type FieldDraft,
  type FieldDrafts,
  mappingOf,
  mappingProblems,
  type Target,
  unusedColumns,
} from './mapping-draft.ts';
import classes from './mapping-editor.module.css';
import { examplesOf } from './sample.ts';
import { useMappedPreview } from './use-mapped-preview.ts';

export interface MappingEditorProps {
  readonly connector: string;
  readonly source: Pick<StreamPreview, 'name' | 'columns' | 'rows'>;
  readonly target: Target;
  readonly drafts: FieldDrafts;
  onChange(drafts: FieldDrafts): void;
}

/** Says, column by column, what of a source fills a dataset, and shows what comes of it. */
export function MappingEditor({ connector, source, target, drafts, onChange }: MappingEditorProps) {
  const names = useMemo(() => source.columns.map(({ name }) => name), [source.columns]);
  const examples = useMemo(
    () => new Map(names.map((name) => [name, examplesOf(source.rows, name)])),
    [names, source.rows],
  );
  const problems = mappingProblems(drafts, target, new Set(names));
  const fields = useMemo(() => mappingOf(drafts), [drafts]);
  const isReady = target.key.every((name) => drafts[name]);
  const asked = { connector, stream: source.name, rows: source.rows, target };
  const mapped = useMappedPreview(asked, fields, isReady);
  const change = (name: string, draft: FieldDraft | undefined) => {
    const { [name]: _before, ...others } = drafts;
    onChange(draft ? { ...others, [name]: draft } : others);
  };
  return (
    <Stack gap="lg">
      <section aria-labelledby="mapping">
        <Title order={3} size="h5" id="mapping">
          Where each column comes from
        </Title>
        <ul className={classes.list}>
          {target.columns.map((column) => (
            <FieldRow
              key={column.name}
              column={column}
              isKey={target.key.includes(column.name)}
              draft={drafts[column.name]}
              sourceColumns={names}
              examples={(name) => examples.get(name) ?? ''}
              problem={problems[column.name]}
              onChange={(draft) => change(column.name, draft)}
            />
          ))}
        </ul>
        <Unused names={unusedColumns(drafts, source.columns)} />
      </section>
      <MappedPreview {...mapped} isReady={isReady} />
    </Stack>
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
