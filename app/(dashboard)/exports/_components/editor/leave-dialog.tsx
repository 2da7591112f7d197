'use client';

import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { LeaveGuard } from './use-leave-guard.ts';

/** Asks whether what is not saved may go. */
export function LeaveDialog({ guard }: { guard: LeaveGuard }) {
  return (
    <Modal opened={guard.asking} onClose={guard.stay} title="Leave without saving?">
      <Stack>
        <Text>What you have changed here is not saved.</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={guard.stay} data-autofocus>
            Keep editing
          </Button>
          <Button color="red.9" onClick={guard.leave}>
            Leave
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
