'use client';

import { memo } from 'react';
import type { Formats } from '#app/_ui/formats.ts';
import type { Column } from '#lib/core/columns.ts';
import { type CellEditor, GridCell } from './grid-cell.tsx';
import classes from './row-grid.module.css';
import type { FoundRow } from './use-rows.ts';

export const ROW_HEIGHT = 37;

interface GridRowProps {
  readonly values: FoundRow['values'];
  readonly origin: FoundRow['origin'];
  readonly index: number;
  readonly columns: readonly Column[];
  readonly keyColumns: readonly string[];
  readonly formats: Formats;
  /** Whether the Tab key stops here: at one row of all. */
  readonly isStop: boolean;
  readonly mayEdit: boolean;
  /** Where one of its cells is being edited. */
  readonly editor: CellEditor | undefined;
}

/** One row, rendered once as one scrolls past it; clicks and keys are heard by the grid, for all of its rows. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { values, origin, index, columns, keyColumns, formats, isStop, mayEdit, editor } = props;
  return (
    <tr
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={isStop ? 0 : -1}
      className={classes.row}
      style={{ height: ROW_HEIGHT, transform: `translateY(${index * ROW_HEIGHT}px)` }}
    >
      {columns.map((column, place) => (
        <GridCell
          key={column.name}
          row={{ values, origin }}
          {...{ column, place, keyColumns, formats }}
          isEditable={mayEdit && !keyColumns.includes(column.name)}
          editor={editor?.column === column.name ? editor : undefined}
        />
      ))}
    </tr>
  );
});
