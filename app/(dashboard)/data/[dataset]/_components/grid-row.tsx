'use client';

import { memo } from 'react';
import type { Formats } from '#app/_ui/formats.ts';
import type { Column } from '#lib/core/columns.ts';
import { Cell } from './cell.tsx';
import { isNumeric } from './cell-text.ts';
import classes from './row-grid.module.css';
import type { Values } from './use-rows.ts';

export const ROW_HEIGHT = 37;

interface GridRowProps {
  readonly values: Values;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly keyColumns: readonly string[];
  readonly formats: Formats;
  /** Whether the Tab key stops here: at one row of all. */
  readonly isStop: boolean;
}

/** One row, rendered once as one scrolls past it; clicks and keys are heard by the grid, for all of its rows. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { values, index, columns, keyColumns, formats, isStop } = props;
  return (
    <tr
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={isStop ? 0 : -1}
      className={classes.row}
      style={{ height: ROW_HEIGHT, transform: `translateY(${index * ROW_HEIGHT}px)` }}
    >
      {columns.map((column, place) => (
        <td
          key={column.name}
          aria-colindex={place + 1}
          className={`${classes.cell} ${isNumeric(column) ? classes.number : ''}`}
        >
          <Cell value={values[column.name]} column={column} keyColumns={keyColumns} formats={formats} />
        </td>
      ))}
    </tr>
  );
});
