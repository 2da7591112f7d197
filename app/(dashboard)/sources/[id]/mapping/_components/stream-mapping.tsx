'use client';

import { Select, Skeleton, Stack } from '@mantine/core';
import dynamic from 'next/dynamic';
import type { KnownDataset } from '#app/(dashboard)/sources/_mapping/further-draft.ts';
import { addedTo } from '#lib/datasets/added-columns.ts';
import { nowhere, type Onto, type SourceSample } from './onto.ts';
import { useTriedRows } from './use-tried-rows.tsx';

const MappingEditor = dynamic(
  () => import('#app/(dashboard)/sources/_mapping/mapping-editor.tsx').then((file) => file.MappingEditor),
  { loading: () => <Skeleton height={320} /> },
);

interface StreamMappingProps {
  readonly sourceId: string;
  readonly connector: string;
  readonly datasets: readonly KnownDataset[];
  readonly source: SourceSample;
  readonly onto: Onto;
  /** The source's columns when the mapping was saved, where they were noted. */
  readonly madeFor: readonly string[] | undefined;
  /** How many of its rows are set aside. */
  readonly parked: number;
  /** Whether the mapping is tried on those first. */
  readonly isParkedFirst: boolean;
  onChange(change: (before: Onto) => Onto): void;
}

/** Where one stream goes, and which of its columns where. */
export function StreamMapping(props: StreamMappingProps) {
  const { sourceId, connector, datasets, source, onto, madeFor, parked, isParkedFirst, onChange } = props;
  const target = datasets.find((one) => one.name === onto.dataset);
  const tried = useTriedRows({ sourceId, stream: source.name, parked, isFirst: isParkedFirst });
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
          {...{ connector, target, source, datasets, tried }}
          drafts={onto.drafts}
          further={onto.further}
          added={addedTo(
            madeFor,
            source.columns.map(({ name }) => name),
          )}
          onChange={(drafts) => onChange((before) => ({ ...before, drafts }))}
          onFurther={(change) => onChange((before) => ({ ...before, further: change(before.further) }))}
        />
      )}
    </Stack>
  );
}
