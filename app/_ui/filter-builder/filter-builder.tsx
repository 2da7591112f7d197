'use client';

import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Column } from '#lib/core/columns.ts';
import type { Filter } from '#lib/datasets/filter.ts';
import { BuilderContext } from './builder-context.ts';
import { editFilter, type GroupState } from './editor-state.ts';
import classes from './filter-builder.module.css';
import { GroupEditor } from './group-editor.tsx';
import { notesOn } from './notes.ts';
import { readFilter } from './read-filter.ts';

interface FilterBuilderProps {
  readonly columns: readonly Column[];
  readonly value: Filter | undefined;
  /** Told of every change, with the filter that the complete conditions make; undefined where there is none. */
  onChange(filter: Filter | undefined): void;
}

/** Edits a filter as nested groups of conditions. What is not complete yet stays inside, and is said. */
export function FilterBuilder({ columns, value, onChange }: FilterBuilderProps) {
  const [root, setRoot] = useState(() => editFilter(value, columns));
  const [known, setKnown] = useState(() => JSON.stringify(value));
  const [addedId, noteAdded] = useState<number>();
  const given = JSON.stringify(value);
  if (given !== known) {
    setKnown(given);
    setRoot(editFilter(value, columns));
  }
  const { problems } = readFilter(root, columns);
  const change = (changed: GroupState) => {
    const { filter } = readFilter(changed, columns);
    const told = JSON.stringify(filter);
    setRoot(changed);
    setKnown(told);
    if (told !== known) onChange(filter);
  };
  return (
    <BuilderContext value={{ columns, problems, addedId, noteAdded }}>
      <Stack className={classes.builder} gap="sm">
        <GroupEditor group={root} place={[]} onChange={change} />
        {notesOn(root, columns).map((note) => (
          <Text key={note} size="sm" c="dimmed">
            {note}
          </Text>
        ))}
        <Text size="sm" fw={500} aria-live="polite">
          {unfinished(problems.size)}
        </Text>
      </Stack>
    </BuilderContext>
  );
}

function unfinished(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? 'One condition is not complete yet and is left out.'
    : `${count} conditions are not complete yet and are left out.`;
}
