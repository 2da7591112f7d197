'use client';

import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { memo } from 'react';
import { type Column, isNumeric } from '#lib/core/columns.ts';
import classes from './row-grid.module.css';
import { directionOf, sortedBy, type View } from './view.ts';

interface GridHeadProps {
  readonly columns: readonly Column[];
  readonly view: View;
  onView(view: View): void;
}

/** The names of the columns; one click sorts by it, the next the other way, the third not at all. */
export const GridHead = memo(function GridHead({ columns, view, onView }: GridHeadProps) {
  return (
    <thead className={classes.headGroup}>
      <tr aria-rowindex={1} className={classes.head}>
        {columns.map((column, index) => {
          const direction = directionOf(view, column.name);
          return (
            <th
              key={column.name}
              scope="col"
              aria-colindex={index + 1}
              aria-sort={direction ? ariaSort[direction] : 'none'}
              className={classes.headCell}
            >
              <HeadLabel
                column={column}
                direction={direction}
                onSort={() => onView(sortedBy(view, column.name))}
              />
            </th>
          );
        })}
      </tr>
    </thead>
  );
});

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

interface HeadLabelProps {
  readonly column: Column;
  readonly direction: 'asc' | 'desc' | undefined;
  onSort(): void;
}

function HeadLabel({ column, direction, onSort }: HeadLabelProps) {
  const className = `${classes.headButton} ${isNumeric(column.type) ? classes.headNumber : ''}`;
  const label = (
    <span className={classes.headLabel} title={column.description ?? column.name}>
      {column.label ?? column.name}
    </span>
  );
  // What JSON holds has no order.
  if (column.type === 'json') return <div className={className}>{label}</div>;
  const Icon = direction === undefined ? IconArrowsSort : direction === 'asc' ? IconArrowUp : IconArrowDown;
  const iconClass = `${classes.headIcon} ${direction ? '' : classes.unsorted}`;
  return (
    <button type="button" className={className} onClick={onSort}>
      {label}
      <Icon size={14} aria-hidden className={iconClass} />
    </button>
  );
}
