'use client';

import { Button, Group, Text } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useRef, useState, useTransition } from 'react';
import { LazyEditPopover } from '#app/_ui/field-editor/lazy-edit-popover.ts';
import { sendEdit } from '#app/_ui/field-editor/send-edit.ts';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { RowId } from '#lib/datasets/row-id.ts';
import type { ConflictView } from '#lib/sources/conflicts.ts';

interface DecideConflictProps {
  readonly row: RowId;
  readonly conflict: ConflictView;
  readonly column: Column;
}

/** Decides what a field is: what the source says, what was edited here, or something else. */
export function DecideConflict({ row, conflict, column }: DecideConflictProps) {
  const router = useRouter();
  const another = useRef<HTMLButtonElement>(null);
  const [isWriting, setWriting] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();
  const { dataset, field, mine, theirs, externalId } = conflict;
  const decide = async (value: CellText) => {
    const { refused } = await sendEdit({ dataset, row, field }, value);
    setProblem(refused);
    if (refused === undefined) startTransition(() => router.refresh());
    return refused;
  };
  const choose = (value: CellText) =>
    startTransition(async () => {
      await decide(value);
    });
  const which = `${column.label ?? field} of ${externalId}`;
  const button = { variant: 'default', size: 'xs', disabled: pending } as const;
  return (
    <>
      <Group gap="xs">
        <Button {...button} aria-label={`Keep the source’s value: ${which}`} onClick={() => choose(theirs)}>
          Keep the source’s value
        </Button>
        <Button {...button} aria-label={`Keep ours: ${which}`} onClick={() => choose(mine)}>
          Keep ours
        </Button>
        <div style={{ position: 'relative' }}>
          <Button
            {...button}
            ref={another}
            aria-label={`Write another: ${which}`}
            onClick={() => setWriting(true)}
          >
            Write another
          </Button>
          {isWriting && (
            <LazyEditPopover
              column={column}
              text={mine}
              edited={undefined}
              onSave={decide}
              onClose={() => {
                setWriting(false);
                another.current?.focus();
              }}
            />
          )}
        </div>
      </Group>
      {problem && !isWriting && (
        <Text size="sm" mt="xs" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
    </>
  );
}
