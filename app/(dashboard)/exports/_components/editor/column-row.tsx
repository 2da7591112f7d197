'use client';

import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Checkbox, Group, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react';
import type { Column } from '#lib/core/columns.ts';
import type { ColumnDraft } from './draft.ts';
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
  const { source, header, included } = draft;
  const label = column?.label ?? source;
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } =
    useSortable({ id: source, attributes: { roleDescription: 'movable column' } });
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
        <Step label={`Move ${label} up`} disabled={isFirst} onClick={() => onMove(-1)} icon={IconArrowUp} />
        <Step label={`Move ${label} down`} disabled={isLast} onClick={() => onMove(1)} icon={IconArrowDown} />
      </Group>
    </li>
  );
}

interface StepButtonProps {
  readonly label: string;
  readonly disabled: boolean;
  readonly icon: typeof IconArrowUp;
  onClick(): void;
}

/** At an end it stays focusable, so that whoever moves a column by keyboard is not thrown out of the list. */
function Step({ label, disabled, icon: Icon, onClick }: StepButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      aria-disabled={disabled}
      data-disabled={disabled}
      onClick={onClick}
    >
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
}
