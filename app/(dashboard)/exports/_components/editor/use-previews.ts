'use client';

import { useState } from 'react';
import { type Draft, definitionOf, formatIn, tableDefinition } from './draft.ts';
import type { PreviewPanelProps } from './preview-panel.tsx';
import { missingOf } from './query-draft.ts';
import type { StepProps } from './step-props.ts';
import { missing } from './steps.ts';
import { type ShownPreview, usePreview } from './use-preview.ts';

interface Previews {
  readonly definition: ReturnType<typeof definitionOf>;
  /** Whether they are sheets, and which of them is open. */
  readonly tables: Pick<StepProps, 'holdsTables' | 'open' | 'openTable'>;
  /** Of the whole export, with all that is wrong with it. */
  readonly whole: ShownPreview;
  /** What is shown beside the steps: the first rows of the export, or of the further table that is open. */
  readonly panel: PreviewPanelProps;
}

const NAME = 'Preview';

/** What the next run of the export `id`, or the first of a new one, would give, and which of its tables is looked at. */
export function usePreviews(
  draft: Draft,
  { id, datasets, formats }: Pick<StepProps, 'datasets' | 'formats'> & { readonly id: string | undefined },
): Previews {
  const [openId, openTable] = useState<number>();
  const columnsOf = (name: string) => datasets.find((each) => each.name === name)?.columns ?? [];
  const columns = columnsOf(draft.dataset);
  const format = formats.find(({ id }) => id === formatIn(draft, columns));
  const holdsTables = format?.holdsTables ?? false;
  const definition = definitionOf(draft, columns);
  const [, missingData = ''] = missing(draft);
  const whole = usePreview(missingData ? null : { ...definition, name: NAME }, {
    subject: draft.dataset,
    savedAs: id,
  });
  const table = draft.tables.find(({ id }) => id === openId);
  const lacks = table ? missingOf(table) : '';
  const asked = table && !lacks ? { ...tableDefinition(table, definition, holdsTables), name: NAME } : null;
  const ofTable = usePreview(asked, { subject: `${table?.id} ${table?.dataset}` });
  const own = datasets.find(({ name }) => name === draft.dataset);
  const choices = [
    { value: '', label: `1. ${own?.label ?? draft.dataset}` },
    ...draft.tables.map(({ id, name }, place) => ({ value: String(id), label: `${place + 2}. ${name}` })),
  ];
  return {
    definition,
    whole,
    tables: { holdsTables, open: table && { id: table.id, preview: ofTable.preview }, openTable },
    panel: {
      shown: table ? ofTable : whole,
      columns: table ? columnsOf(table.dataset) : columns,
      missing: table ? lacks : missingData,
      tables: {
        choices,
        chosen: table ? String(table.id) : '',
        choose: (value) => openTable(value === '' ? undefined : Number(value)),
      },
    },
  };
}
