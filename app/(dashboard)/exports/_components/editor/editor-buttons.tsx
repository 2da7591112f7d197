'use client';

import { Button, Group, Text } from '@mantine/core';
import type { Draft } from './draft.ts';
import { LAST_STEP, missing } from './steps.ts';

interface EditorButtonsProps {
  readonly draft: Draft;
  readonly step: number;
  /** Whether it is saved already, and can be saved again from every step. */
  readonly exists: boolean;
  readonly pending: boolean;
  onGo(step: number): void;
  onSave(andRun: boolean): void;
}

/** Back and on, and at the end (or at any time for what is saved already) the saving. */
export function EditorButtons({ draft, step, exists, pending, onGo, onSave }: EditorButtonsProps) {
  const isLast = step === LAST_STEP;
  const lacks = missing(draft);
  const problem = isLast ? lacks.find(Boolean) : lacks[step];
  const canSave = !lacks.some(Boolean);
  return (
    <Group justify="space-between" align="center">
      <Button variant="default" disabled={step === 0} onClick={() => onGo(step - 1)}>
        Back
      </Button>
      <Group gap="sm">
        {problem && (
          <Text size="sm" c="dimmed" aria-live="polite">
            {problem}
          </Text>
        )}
        {(isLast || exists) && (
          <Button variant="default" disabled={!canSave} loading={pending} onClick={() => onSave(false)}>
            Save
          </Button>
        )}
        {isLast ? (
          <Button disabled={!canSave} loading={pending} onClick={() => onSave(true)}>
            Save and run
          </Button>
        ) : (
          <Button disabled={Boolean(lacks[step])} onClick={() => onGo(step + 1)}>
            Continue
          </Button>
        )}
      </Group>
    </Group>
  );
}
