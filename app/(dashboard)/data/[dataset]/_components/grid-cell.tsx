'use client';

import { Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { editInWords } from '#app/_ui/field-editor/edit-note.tsx';
import { draftOf } from '#app/_ui/field-editor/field-draft.ts';
import { LazyEditPopover } from '#app/_ui/field-editor/lazy-edit-popover.ts';
import type { Formats } from '#app/_ui/formats.ts';
import { type Column, isNumeric } from '#lib/core/columns.ts';
import { Cell } from './cell.tsx';
import classes from './row-grid.module.css';
import type { Edit } from './use-edit.ts';
import type { FoundRow } from './use-rows.ts';

/** The one editor of a grid: of which cell, and what it does. */
export interface CellEditor {
  readonly column: string;
  readonly edit: Edit;
  onClose(): void;
}

interface GridCellProps {
  readonly row: FoundRow;
  readonly column: Column;
  readonly place: number;
  readonly keyColumns: readonly string[];
  readonly formats: Formats;
  readonly isEditable: boolean;
  readonly editor: CellEditor | undefined;
}

const HOVER_AND_FOCUS = { hover: true, focus: true, touch: false };
/** The editor opens over the cell. */
const EDITOR_OFFSET = -37;

/** One cell; one that was edited is marked, and says by whom, when, and what the source says. */
export function GridCell({ row, column, place, keyColumns, formats, isEditable, editor }: GridCellProps) {
  const value = row.values[column.name];
  const edited = row.origin?.edits[column.name];
  const looks = [classes.cell, isNumeric(column.type) && classes.number, edited && classes.edited];
  const cell = (
    <td
      aria-colindex={place + 1}
      data-column={place}
      tabIndex={-1}
      className={looks.filter(Boolean).join(' ')}
    >
      <Cell value={value} column={column} keyColumns={keyColumns} formats={formats} />
      {isEditable && (
        <span className={classes.pencil} data-pencil aria-hidden>
          <IconPencil size={14} />
        </span>
      )}
      {editor && (
        <LazyEditPopover
          column={column}
          text={draftOf(value, column)}
          edited={edited}
          offset={EDITOR_OFFSET}
          onSave={(next) => editor.edit(row, column.name, next)}
          onClose={editor.onClose}
        />
      )}
    </td>
  );
  if (!edited) return cell;
  return (
    <Tooltip label={editInWords(edited, formats)} events={HOVER_AND_FOCUS} multiline maw={320}>
      {cell}
    </Tooltip>
  );
}
