'use client';

import {
  ActionIcon,
  Menu,
  MenuDivider,
  MenuDropdown,
  MenuItem,
  MenuLabel,
  MenuTarget,
  useMantineColorScheme,
} from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from '@tabler/icons-react';
import Link from 'next/link';
import { signOut } from '#app/(auth)/sign-in/actions.ts';

const schemes = [
  ['light', 'Light', IconSun],
  ['dark', 'Dark', IconMoon],
  ['auto', 'As the device', IconDeviceDesktop],
] as const;

/** As whom one is here: the profile, the colours, and the way out. */
export function UserMenu({ email }: { email: string }) {
  const { setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={240}>
      <MenuTarget>
        <ActionIcon variant="default" size="lg" radius="xl" aria-label={`Account of ${email}`}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </MenuTarget>
      <MenuDropdown>
        <MenuLabel>{email}</MenuLabel>
        <MenuItem component={Link} href="/settings/profile">
          Profile
        </MenuItem>
        <MenuDivider />
        <MenuLabel>Colours</MenuLabel>
        {schemes.map(([scheme, label, Icon]) => (
          <MenuItem
            key={scheme}
            leftSection={<Icon size={16} aria-hidden />}
            onClick={() => setColorScheme(scheme)}
          >
            {label}
          </MenuItem>
        ))}
        <MenuDivider />
        <MenuItem leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut()}>
          Sign out
        </MenuItem>
      </MenuDropdown>
    </Menu>
  );
}
