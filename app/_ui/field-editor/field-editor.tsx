'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { FieldEdit } from '#lib/datasets/row-origin.ts';
import { EditNote } from './edit-note.tsx';
import { writtenValue } from './field-draft.ts';
import { FieldInput } from './field-input.tsx';

export interface FieldEditorProps {
  readonly column: Column;
  /** The field as text; null where there is nothing. */
  readonly text: CellText;
  /** What a person has made of it before. */
  readonly edited: FieldEdit | undefined;
  /** Says why a value is not taken. */
  onSave(value: CellText): Promise<string | undefined>;
  /** Called with each change that is not saved yet. */
  onTyped?(): void;
  onClose(): void;
}

/** A field's value to be changed: Enter saves, Escape gives up; an edit can be taken back. */
export function FieldEditor({ column, text, edited, onSave, onTyped, onClose }: FieldEditorProps) {
  const initial = text ?? '';
  const [draft, setDraft] = useState(initial);
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  const problemId = useId();
  const send = async (next: CellText) => {
    setPending(true);
    const refused = await onSave(next);
    setPending(false);
    setProblem(refused);
    if (refused === undefined) onClose();
  };
  const save = () => {
    if (draft === initial) onClose();
    else if (!pending) void send(writtenValue(draft, column));
  };
  return (
    <Stack gap="xs" onKeyDown={keysOf(save, onClose)}>
      <FieldInput
        column={column}
        draft={draft}
        describedBy={problem && problemId}
        onType={(typed) => {
          setDraft(typed);
          onTyped?.();
        }}
      />
      {problem && (
        <Text id={problemId} size="sm" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
      {edited && <EditNote edit={edited} />}
      <Group gap="xs">
        <Button size="xs" loading={pending} onClick={save}>
          Save
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          Cancel
        </Button>
        {edited && (
          <Button size="xs" variant="default" disabled={pending} onClick={() => send(edited.base)}>
            Take it back
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** Enter saves, unless it is a button's own or begins a new line; Escape gives up. */
function keysOf(save: () => void, giveUp: () => void) {
  return (event: KeyboardEvent<HTMLElement>) => {
    // What is around it has keys of its own.
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const isButton = event.target instanceof HTMLButtonElement;
    const saves = event.key === 'Enter' && !event.shiftKey && !isButton;
    if (!saves && event.key !== 'Escape') return;
    event.preventDefault();
    if (saves) save();
    else giveUp();
  };
}
