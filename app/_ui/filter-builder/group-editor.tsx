'use client';

import { ActionIcon, Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { use, useRef } from 'react';
import { BuilderContext } from './builder-context.ts';
import { ConditionEditor } from './condition-editor.tsx';
import {
  type ConditionState,
  type GroupState,
  isGroup,
  type Match,
  newCondition,
  newGroup,
  type PartState,
} from './editor-state.ts';
import classes from './filter-builder.module.css';

/** Six groups of “none of” are as deep as a filter may be. */
const MAX_LEVELS = 5;

const matches: { value: Match; label: string }[] = [
  { value: 'all', label: 'all of' },
  { value: 'any', label: 'any of' },
  { value: 'none', label: 'none of' },
];

interface GroupEditorProps {
  readonly group: GroupState;
  /** Where it stands: `[2, 1]` is the first part of the root's second. */
  readonly place: readonly number[];
  onChange(group: GroupState): void;
  onRemove?: () => void;
}

/** A group: which of its parts must be true, the parts, and how to add more. */
export function GroupEditor({ group, place, onChange, onRemove }: GroupEditorProps) {
  const { noteAdded } = use(BuilderContext);
  const addButton = useRef<HTMLButtonElement>(null);
  const name = place.length === 0 ? 'The filter' : `Group ${place.join('.')}`;
  const add = (condition: ConditionState, part: PartState = condition) => {
    noteAdded(condition.id);
    onChange({ ...group, parts: [...group.parts, part] });
  };
  const addGroup = () => {
    const condition = newCondition();
    add(condition, newGroup('any', [condition]));
  };
  const replace = (index: number, ...parts: PartState[]) => {
    onChange({ ...group, parts: group.parts.toSpliced(index, 1, ...parts) });
    if (parts.length === 0) addButton.current?.focus();
  };
  return (
    <Stack component="fieldset" m={0} p={0} bd={0} gap="sm" miw={0} aria-label={name}>
      <GroupHead
        name={name}
        match={group.match}
        onMatch={(match) => onChange({ ...group, match })}
        onRemove={onRemove}
      />
      <Stack className={classes.group} gap="sm">
        {group.parts.map((part, index) => {
          const at = { place: [...place, index + 1], onRemove: () => replace(index) };
          const change = (changed: PartState) => replace(index, changed);
          return isGroup(part) ? (
            <GroupEditor key={part.id} group={part} onChange={change} {...at} />
          ) : (
            <ConditionEditor key={part.id} condition={part} onChange={change} {...at} />
          );
        })}
        <Group gap="xs">
          <Button
            ref={addButton}
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => add(newCondition())}
          >
            Add condition
          </Button>
          {place.length < MAX_LEVELS && (
            <Button size="xs" variant="subtle" onClick={addGroup}>
              Add group
            </Button>
          )}
        </Group>
      </Stack>
    </Stack>
  );
}

interface GroupHeadProps {
  readonly name: string;
  readonly match: Match;
  onMatch(match: Match): void;
  readonly onRemove: (() => void) | undefined;
}

function GroupHead({ name, match, onMatch, onRemove }: GroupHeadProps) {
  return (
    <Group gap="xs" wrap={onRemove ? 'nowrap' : 'wrap'}>
      {!onRemove && <Text size="sm">Rows where</Text>}
      <NativeSelect
        size="xs"
        miw={90}
        aria-label={`${name}: how many of its parts must be true`}
        data={matches}
        value={match}
        onChange={({ currentTarget }) => onMatch(currentTarget.value as Match)}
      />
      <Text size="sm">{onRemove ? 'these' : 'these are true'}</Text>
      {onRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          ml="auto"
          onClick={onRemove}
          aria-label={`Remove ${name.toLowerCase()}`}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}
