'use client';

import { Button, Text } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useAction } from '#app/_ui/use-action.ts';
import { chooseWorkspace } from '#app/(auth)/workspaces/actions.ts';
import type { Membership } from '#lib/auth/workspace.ts';

/** Goes on in that workspace. */
export function ChooseWorkspaceButton({ workspace: { id, name, role } }: { workspace: Membership }) {
  const { run, pending } = useAction(chooseWorkspace);
  return (
    <Button
      variant="default"
      justify="space-between"
      h="auto"
      py="xs"
      loading={pending}
      onClick={() => run({ id })}
      rightSection={<IconArrowRight size={16} aria-hidden />}
    >
      <Text span truncate>
        {name}{' '}
        <Text span size="sm" c="dimmed">
          {role}
        </Text>
      </Text>
    </Button>
  );
}
