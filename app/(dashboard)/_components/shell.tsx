'use client';

import {
  AppShell,
  AppShellHeader,
  AppShellMain,
  AppShellNavbar,
  Burger,
  Container,
  Group,
  NavLink,
  Text,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconDatabase,
  IconFileExport,
  IconHome,
  IconListCheck,
  IconPlugConnected,
  IconSettings,
} from '@tabler/icons-react';
import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import type { Membership } from '#lib/auth/workspace.ts';
import classes from './shell.module.css';
import { UserMenu } from './user-menu.tsx';
import { WorkspaceSwitcher } from './workspace-switcher.tsx';

const places = [
  ['/home', 'Home', IconHome],
  ['/sources', 'Sources', IconPlugConnected],
  ['/data', 'Data', IconDatabase],
  ['/exports', 'Exports', IconFileExport],
  ['/jobs', 'Jobs', IconListCheck],
  ['/settings', 'Settings', IconSettings],
] as const;

interface ShellProps {
  readonly email: string;
  readonly workspace: Membership;
  readonly workspaces: readonly Membership[];
  readonly children: ReactNode;
}

/** What stands around every page of a workspace: where one is, where one can go, as whom. */
export function Shell({ email, workspace, workspaces, children }: ShellProps) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const pathname = usePathname();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', md: 'xl' }}
    >
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <AppShellHeader>
        <Group h="100%" px="md" gap="sm" wrap="nowrap" justify="space-between">
          <Group gap="sm" wrap="nowrap" miw={0}>
            <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
            <Text component={Link} href="/home" fw={700} visibleFrom="xs" className={classes.brand}>
              Entrepot
            </Text>
            <WorkspaceSwitcher workspace={workspace} workspaces={workspaces} />
          </Group>
          <UserMenu email={email} />
        </Group>
      </AppShellHeader>
      <AppShellNavbar p="sm" component="nav" aria-label="Main">
        {places.map(([href, label, Icon]) => (
          <NavLink
            key={href}
            component={Link}
            href={href as Route}
            onClick={close}
            label={label}
            leftSection={<Icon size={18} aria-hidden />}
            active={pathname === href || pathname.startsWith(`${href}/`)}
            aria-current={pathname === href ? 'page' : undefined}
          />
        ))}
      </AppShellNavbar>
      <AppShellMain id="main" tabIndex={-1}>
        <Container size="xl" p={0}>
          {children}
        </Container>
      </AppShellMain>
    </AppShell>
  );
}
