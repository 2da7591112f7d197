'use client';

import { Button, Group, Modal, Radio, RadioGroup, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useFormat } from '#app/_ui/format.tsx';
import { ProblemAlert } from '#app/_ui/problem-alert.tsx';
import { useAction } from '#app/_ui/use-action.ts';
import { removeSource } from '#app/(dashboard)/sources/actions.ts';

interface DeleteSourceButtonProps {
  readonly id: string;
  readonly name: string;
  /** How many rows it has brought in. */
  readonly rows: number;
}

/** Asks what becomes of a source's rows, then deletes it. */
export function DeleteSourceButton({ id, name, rows }: DeleteSourceButtonProps) {
  const [opened, { open, close }] = useDisclosure(false);
  const [fate, setFate] = useState<'keep' | 'remove'>('keep');
  const { run, pending, error } = useAction(removeSource);
  const format = useFormat();
  return (
    <div>
      <Button variant="outline" color="red" onClick={open}>
        Delete this source
      </Button>
      <Modal opened={opened} onClose={close} title={`Delete ${name}?`}>
        <Stack>
          <Text>Its settings, credentials and history will be gone.</Text>
          {rows > 0 && (
            <RadioGroup
              label={`What about its ${format.number(rows)} rows?`}
              value={fate}
              onChange={(next) => setFate(next as typeof fate)}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="keep" label="Keep them in the dataset" />
                <Radio value="remove" label="Remove them too" />
              </Stack>
            </RadioGroup>
          )}
          <ProblemAlert error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              Keep it
            </Button>
            <Button color="red.9" loading={pending} onClick={() => run({ id, rows: fate })}>
              Delete source
            </Button>
          </Group>
        </Stack>
      </Modal>
    </div>
  );
}
