'use client';

import { type CSSProperties, useMemo, useState } from 'react';
import type { Formats } from '#app/_ui/formats.ts';
import type { Column } from '#lib/core/columns.ts';
import { cellText } from './cell-text.ts';
import type { Rows, Values } from './use-rows.ts';

const SAMPLED_ROWS = 50;
const LETTER_PX = 9;
const PADDING_PX = 28;
const SORT_ICON_LETTERS = 3;
const LEAST_PX = 80;
const MOST_PX = 320;

/** How wide each column is: as its head and the first rows need, and the same from then on, so that nothing jumps. */
export function useColumnSizes(columns: readonly Column[], rows: Rows, formats: Formats): CSSProperties {
  const [sample] = useState(() =>
    Array.from({ length: Math.min(rows.count, SAMPLED_ROWS) }, (_, index) => rows.rowAt(index)?.values ?? {}),
  );
  return useMemo(() => {
    const widths = columns.map((column) => widthOf(column, sample, formats));
    return {
      '--columns': widths.map((width) => `minmax(${width}px, ${width}fr)`).join(' '),
      '--width': `${widths.reduce((sum, width) => sum + width, 0)}px`,
    } as CSSProperties;
  }, [columns, sample, formats]);
}

function widthOf(column: Column, sample: readonly Values[], formats: Formats): number {
  const { name, label = name } = column;
  const texts = sample.map((values) => cellText(values[name] ?? '', column, formats, false));
  const letters = Math.max(label.length + SORT_ICON_LETTERS, ...texts.map((text) => text.length));
  return Math.min(Math.max(letters * LETTER_PX + PADDING_PX, LEAST_PX), MOST_PX);
}
