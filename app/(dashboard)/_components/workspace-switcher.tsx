'use client';

import { Button, Menu, MenuDivider, MenuDropdown, MenuItem, MenuTarget, Text } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import Link from 'next/link';
import { useAction } from '#app/_ui/use-action.ts';
import { chooseWorkspace } from '#app/(auth)/workspaces/actions.ts';
import type { Membership } from '#lib/auth/workspace.ts';

interface WorkspaceSwitcherProps {
  readonly workspace: Membership;
  readonly workspaces: readonly Membership[];
}

/** Shows which workspace one is in, and leads to the others. */
export function WorkspaceSwitcher({ workspace, workspaces }: WorkspaceSwitcherProps) {
  const { run, pending } = useAction(chooseWorkspace);
  return (
    <Menu position="bottom-start" width={260}>
      <MenuTarget>
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          loading={pending}
          rightSection={<IconChevronDown size={16} aria-hidden />}
          aria-label={`Workspace ${workspace.name}: switch`}
          style={{ minWidth: 0 }}
        >
          <Text truncate fw={500}>
            {workspace.name}
          </Text>
        </Button>
      </MenuTarget>
      <MenuDropdown>
        {workspaces.map(({ id, name, role }) => (
          <MenuItem
            key={id}
            onClick={() => run({ id })}
            rightSection={id === workspace.id && <IconCheck size={16} aria-label="current" />}
          >
            {name}
            <Text size="xs" c="dimmed">
              {role}
            </Text>
          </MenuItem>
        ))}
        <MenuDivider />
        <MenuItem component={Link} href="/workspaces">
          New workspace
        </MenuItem>
      </MenuDropdown>
    </Menu>
  );
}
