'use client';

import { NativeSelect } from '@mantine/core';
import { useAction } from '#app/_ui/use-action.ts';
import { setRole } from '#app/(dashboard)/settings/members/actions.ts';
import type { Role } from '#lib/auth/session.ts';
import { roleChoices } from './roles.ts';

interface RoleSelectProps {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
}

/** Changes a member's role as soon as another is chosen. */
export function RoleSelect({ userId, name, role }: RoleSelectProps) {
  const { run, pending, error } = useAction(setRole);
  return (
    <NativeSelect
      aria-label={`Role of ${name}`}
      data={roleChoices}
      value={role}
      disabled={pending}
      error={error?.message}
      onChange={({ currentTarget }) => run({ userId, role: currentTarget.value as Role })}
    />
  );
}
