'use client';

import { Button, type ButtonProps, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface ConfirmButtonProps extends ButtonProps {
  readonly children: ReactNode;
  /** What is asked, such as “Delete Zip codes?”. */
  readonly question: string;
  /** What will be lost. */
  readonly consequence: ReactNode;
  /** What the button that does it says. */
  readonly confirmLabel: string;
  /** What the button that leaves all as it is says. */
  readonly cancelLabel?: string;
  readonly pending?: boolean;
  /** The dialog closes once it has resolved. */
  onConfirm(): Promise<unknown>;
}

/** A button that asks first: for what loses something. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { children, question, consequence, confirmLabel, cancelLabel, pending, onConfirm, ...button } = props;
  const [opened, { open, close }] = useDisclosure(false);
  const confirm = async () => {
    await onConfirm();
    close();
  };
  return (
    <>
      <Button variant="default" {...button} onClick={open}>
        {children}
      </Button>
      <Modal opened={opened} onClose={close} title={question}>
        <Stack>
          <Text>{consequence}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {cancelLabel ?? 'Keep it'}
            </Button>
            <Button color="red.9" loading={pending ?? false} onClick={confirm}>
              {confirmLabel}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
