'use client';

import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Checkbox, Group, Indicator, TextInput } from '@mantine/core';
import { IconAdjustments, IconGripVertical } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { Move } from '#app/_ui/editable-list.tsx';
import { isWrong, type Problems } from '#app/_ui/schema-form/schema.ts';
import { typeLabels } from '#app/(dashboard)/sources/_mapping/type-labels.ts';
import type { Column } from '#lib/core/columns.ts';
import type { ColumnDraft } from './column-draft.ts';
import { ColumnTransform } from './column-transform.tsx';
import classes from './editor.module.css';
import type { QueryProps } from './step-props.ts';

interface ColumnRowProps extends Pick<QueryProps, 'transforms' | 'personal'> {
  readonly draft: ColumnDraft;
  /** Undefined where the dataset no longer has it. */
  readonly column: Column | undefined;
  readonly problems: Problems;
  /** Of the column, in `problems`. */
  readonly path: string;
  readonly readable: readonly Column[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
  onEdit(changes: Partial<ColumnDraft>): void;
  onMove(by: -1 | 1): void;
}

/** One column: whether it is taken, what it is called in the file, and its place. */
export function ColumnRow(props: ColumnRowProps) {
  const { draft, column, problems, path, isFirst, isLast, onEdit, onMove } = props;
  const [opened, setOpened] = useState(false);
  const panel = useId();
  const { id, source, header, included } = draft;
  const label = column?.label ?? source;
  const showsSettings = included && (opened || isWrong(problems, `${path}.transform`));
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
        description={column ? typeLabels[column.type] : 'No longer in the data'}
        checked={included}
        onChange={(event) => onEdit({ included: event.currentTarget.checked })}
      />
      <TextInput
        className={classes.header ?? ''}
        size="xs"
        aria-label={`Name of ${label} in the file`}
        placeholder={source}
        value={header}
        error={problems[`${path}.header`] ?? problems[`${path}.source`]}
        disabled={!included}
        onChange={(event) => onEdit({ header: event.currentTarget.value })}
      />
      <Group gap={2} wrap="nowrap">
        <SettingsToggle
          name={label}
          panel={panel}
          isOpen={showsSettings}
          isSet={Boolean(draft.transform ?? draft.personal)}
          disabled={!included}
          onToggle={() => setOpened(!showsSettings)}
        />
        <Move name={label} direction="up" atEnd={isFirst} onMove={() => onMove(-1)} />
        <Move name={label} direction="down" atEnd={isLast} onMove={() => onMove(1)} />
      </Group>
      <div id={panel} className={classes.settings}>
        {showsSettings && <ColumnTransform {...props} label={label} />}
      </div>
    </li>
  );
}

interface SettingsToggleProps {
  readonly name: string;
  /** The id of what it opens. */
  readonly panel: string;
  readonly isOpen: boolean;
  /** Whether anything there is not as it comes. */
  readonly isSet: boolean;
  readonly disabled: boolean;
  onToggle(): void;
}

function SettingsToggle({ name, panel, isOpen, isSet, disabled, onToggle }: SettingsToggleProps) {
  return (
    <Indicator disabled={!isSet} size={8} offset={4}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`How ${name} is written`}
        aria-expanded={isOpen}
        aria-controls={panel}
        disabled={disabled}
        onClick={onToggle}
      >
        <IconAdjustments size={16} aria-hidden />
      </ActionIcon>
    </Indicator>
  );
}
