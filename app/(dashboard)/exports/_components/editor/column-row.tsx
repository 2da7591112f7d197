'use client';

import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Checkbox, Group, TextInput } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { Move } from '#app/_ui/editable-list.tsx';
import type { Column } from '#lib/core/columns.ts';
import type { ColumnDraft } from './column-draft.ts';
import classes from './editor.module.css';

interface ColumnRowProps {
  readonly draft: ColumnDraft;
  /** Undefined where the dataset no longer has it. */
  readonly column: Column | undefined;
  readonly error: string | undefined;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  onEdit(changes: Partial<ColumnDraft>): void;
  onMove(by: -1 | 1): void;
}

/** One column: whether it is taken, what it is called in the file, and its place. */
export function ColumnRow({ draft, column, error, isFirst, isLast, onEdit, onMove }: ColumnRowProps) {
  const { id, source, header, included } = draft;
  const label = column?.label ?? source;
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } =
    useSortable({ id, attributes: { roleDescription: 'movable column' } });
  return (
    <li
      ref={setNodeRef}
      className={`${classes.column} ${isDragging ? classes.dragging : ''}`}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <ActionIcon
        ref={setActivatorNodeRef}
        variant="subtle"
        color="gray"
        className={classes.handle ?? ''}
        aria-label={`Move ${label}`}
        {...attributes}
        {...listeners}
      >
        <IconGripVertical size={16} aria-hidden />
      </ActionIcon>
      <Checkbox
        label={label}
        description={column?.type ?? 'no longer in the data'}
        checked={included}
        onChange={(event) => onEdit({ included: event.currentTarget.checked })}
      />
      <TextInput
        className={classes.header ?? ''}
        size="xs"
        aria-label={`Name of ${label} in the file`}
        placeholder={source}
        value={header}
        error={error}
        disabled={!included}
        onChange={(event) => onEdit({ header: event.currentTarget.value })}
      />
      <Group gap={2} wrap="nowrap">
        <Move name={label} direction="up" atEnd={isFirst} onMove={() => onMove(-1)} />
        <Move name={label} direction="down" atEnd={isLast} onMove={() => onMove(1)} />
      </Group>
    </li>
  );
}
