'use client';

import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useRef } from 'react';
import { EditNote } from '#app/_ui/field-editor/edit-note.tsx';
import { draftOf } from '#app/_ui/field-editor/field-draft.ts';
import { LazyEditPopover } from '#app/_ui/field-editor/lazy-edit-popover.ts';
import { useFormat } from '#app/_ui/format.tsx';
import type { Column } from '#lib/core/columns.ts';
import { Cell } from './cell.tsx';
import classes from './row-drawer.module.css';
import type { Edit } from './use-edit.ts';
import type { FoundRow } from './use-rows.ts';

interface RowFieldProps {
  readonly row: FoundRow;
  readonly column: Column;
  readonly keyColumns: readonly string[];
  /** Absent where it cannot be edited. */
  readonly edit: Edit | undefined;
  readonly isEdited: boolean;
  onBegin(): void;
  onEnd(): void;
}

/** All of a field's value, what a person has made of it, and the button that edits it. */
export function RowField(props: RowFieldProps) {
  const { row, column, keyColumns, edit, isEdited, onBegin, onEnd } = props;
  const formats = useFormat();
  const button = useRef<HTMLButtonElement>(null);
  const value = row.values[column.name];
  const edited = row.origin?.edits[column.name];
  return (
    <div className={classes.field}>
      <div className={classes.value}>
        <Cell value={value} column={column} keyColumns={keyColumns} formats={formats} isWhole />
        {edited && <EditNote edit={edited} />}
      </div>
      {edit && (
        <div className={classes.pencil}>
          <ActionIcon
            ref={button}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Edit ${column.label ?? column.name}`}
            onClick={onBegin}
          >
            <IconPencil size={14} aria-hidden />
          </ActionIcon>
          {isEdited && (
            <LazyEditPopover
              {...{ column, edited }}
              text={draftOf(value, column)}
              onSave={(next) => edit(row, column.name, next)}
              onClose={() => {
                onEnd();
                button.current?.focus();
              }}
            />
          )}
        </div>
      )}
    </div>
  );
}
