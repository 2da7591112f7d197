'use client';

import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { leave, remove } from '#app/(dashboard)/settings/members/actions.ts';
import type { ActionError } from '#lib/api/action.ts';

/** Who can go on with somebody's exports, as an option of a list. */
export interface Heir {
  readonly value: string;
  readonly label: string;
}

interface Legacy {
  /** How many exports the person owns. */
  readonly exports: number;
  readonly heirs: readonly Heir[];
}

interface RemoveButtonProps extends Legacy {
  readonly userId: string;
  readonly name: string;
}

/** Removes a member, once it is said who goes on with their exports. */
export function RemoveButton({ userId, name, ...legacy }: RemoveButtonProps) {
  const { run, pending, error } = useAction(remove);
  return (
    <LeavingButton
      label="Remove"
      ariaLabel={`Remove ${name}`}
      question={`Remove ${name}?`}
      consequence="They no longer see this workspace, and their API keys of it end for good."
      pending={pending}
      error={error}
      onConfirm={(heir) => run({ userId, heir })}
      {...legacy}
    />
  );
}

/** Takes oneself out of the workspace. */
export function LeaveButton(legacy: Legacy) {
  const { run, pending, error } = useAction(leave);
  return (
    <LeavingButton
      label="Leave"
      ariaLabel="Leave this workspace"
      question="Leave this workspace?"
      consequence="You no longer see it, and your API keys of it end for good. To come back you need an invitation."
      pending={pending}
      error={error}
      onConfirm={(heir) => run({ heir })}
      {...legacy}
    />
  );
}

interface LeavingButtonProps extends Legacy {
  readonly label: string;
  readonly ariaLabel: string;
  readonly question: string;
  readonly consequence: string;
  readonly pending: boolean;
  readonly error: ActionError | null;
  onConfirm(heir: string | null): Promise<unknown>;
}

function LeavingButton({ label, ariaLabel, question, consequence, ...props }: LeavingButtonProps) {
  const { exports, heirs, pending, error, onConfirm } = props;
  const [opened, { open, close }] = useDisclosure(false);
  const [heir, setHeir] = useState<string | null>(heirs[0]?.value ?? null);
  return (
    <>
      <Button variant="default" onClick={open} aria-label={ariaLabel}>
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={question}>
        <Stack>
          <Text>{consequence}</Text>
          {exports > 0 && <HeirSelect exports={exports} heirs={heirs} value={heir} onChange={setHeir} />}
          <ProblemAlert error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button color="red.9" loading={pending} onClick={() => onConfirm(exports > 0 ? heir : null)}>
              {label}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

interface HeirSelectProps extends Legacy {
  readonly value: string | null;
  onChange(heir: string | null): void;
}

function HeirSelect({ exports, heirs, value, onChange }: HeirSelectProps) {
  return (
    <NativeSelect
      label={exports === 1 ? 'Who goes on with their export?' : `Who goes on with their ${exports} exports?`}
      description="An export runs with the rights of its owner. Without one it pauses until an owner hands it over."
      data={[...heirs, { value: '', label: 'Nobody: let it pause' }]}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
    />
  );
}
