'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useFormat } from '#app/_ui/format.tsx';
import type { Column } from '#lib/core/columns.ts';
import { useColumnSizes } from './column-widths.ts';
import { GridHead } from './grid-head.tsx';
import { GridRow, ROW_HEIGHT } from './grid-row.tsx';
import classes from './row-grid.module.css';
import { useCellEditor } from './use-cell-editor.ts';
import type { Edit } from './use-edit.ts';
import { useGridKeys } from './use-grid-keys.ts';
import type { Rows } from './use-rows.ts';
import type { View } from './view.ts';

const HEAD_HEIGHT = 41;
const SCROLLBAR_HEIGHT = 16;
const OVERSCAN = 8;
/** How many rows before the end of what is there the next page is asked for. */
const LOAD_AHEAD = 250;

interface RowGridProps {
  readonly label: string;
  /** Those that are shown. */
  readonly columns: readonly Column[];
  readonly keyColumns: readonly string[];
  readonly rows: Rows;
  /** How many there are in all; undefined where that is not known for certain. */
  readonly total: number | undefined;
  readonly view: View;
  /** Absent for whoever may not. */
  readonly edit: Edit | undefined;
  onView(view: View): void;
  onOpen(index: number): void;
}

/** Rows as a grid of which only what is seen is in the page; more is loaded as one scrolls. */
export function RowGrid(props: RowGridProps) {
  const { label, columns, keyColumns, rows, total, view, edit, onView, onOpen } = props;
  const formats = useFormat();
  const sizes = useColumnSizes(columns, rows, formats);
  const grid = useRef<HTMLDivElement>(null);
  const stopRef = useRef(0);
  const { begin, editorAt } = useCellEditor({ columns, keyColumns, edit });
  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollPaddingStart: HEAD_HEIGHT,
    // The row that has the focus stays in the page.
    rangeExtractor: (range) => [...new Set([stopRef.current, ...defaultRangeExtractor(range)])],
  });
  const pageHeight = (virtualizer.scrollRect?.height ?? 0) - HEAD_HEIGHT;
  const { stop, focus, ...handlers } = useGridKeys({
    rowCount: rows.count,
    columnCount: columns.length,
    pageRows: Math.max(1, Math.floor(pageHeight / ROW_HEIGHT)),
    grid,
    scrollTo: (index) => virtualizer.scrollToIndex(index),
    onOpen,
    onEdit: begin,
  });
  stopRef.current = stop;
  const items = virtualizer.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastSeen > rows.count - LOAD_AHEAD) rows.loadMore();
  });
  const mayEdit = edit !== undefined;
  const height = virtualizer.getTotalSize();
  return (
    <div
      ref={grid}
      className={classes.scroller}
      style={{ height: HEAD_HEIGHT + height + SCROLLBAR_HEIGHT, ...sizes }}
    >
      <table
        className={classes.grid}
        aria-label={label}
        aria-busy={!rows.isCurrent}
        {...gridRole(total, columns)}
        {...handlers}
      >
        <GridHead columns={columns} view={view} onView={onView} />
        <tbody className={`${classes.body} ${rows.isCurrent ? '' : classes.stale}`} style={{ height }}>
          {items.map(({ index }) => {
            const row = rows.rowAt(index);
            const how = { index, columns, keyColumns, formats, isStop: index === stop, mayEdit };
            return row && <GridRow key={index} {...how} {...row} editor={editorAt(index, focus)} />;
          })}
        </tbody>
      </table>
    </div>
  );
}

/** A table through which one moves is a grid; it says how large it is, for most of it is not in the page. */
function gridRole(total: number | undefined, columns: readonly Column[]) {
  const rowCount = total === undefined ? -1 : total + 1;
  return { role: 'grid', 'aria-rowcount': rowCount, 'aria-colcount': columns.length };
}
