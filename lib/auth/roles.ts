import type { Role, Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';

/** What an API key may do: the three roles under other names. */
export const scopes = ['read', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

const roles = ['viewer', 'editor', 'owner'] as const satisfies readonly Role[];
const roleOfScope = { read: 'viewer', write: 'editor', admin: 'owner' } as const satisfies Record<
  Scope,
  Role
>;

/** What a key of that scope may do whose maker has that role: the lesser of the two. */
export function keyRole(scope: Scope, makersRole: Role): Role {
  const granted = roleOfScope[scope];
  return includes(granted, makersRole) ? makersRole : granted;
}

/** Throws `forbidden` unless the caller has at least that role in the workspace. */
export function requireRole(session: Pick<Session, 'role'>, needed: Role): void {
  if (includes(session.role, needed)) return;
  throw new EntrepotError(
    'forbidden',
    `This needs the role ${needed} in the workspace; yours is ${session.role}.`,
  );
}

/** Throws `forbidden` where a key of that scope could do more than the caller who asks for it. */
export function requireScope(session: Pick<Session, 'role'>, scope: Scope): void {
  requireRole(session, roleOfScope[scope]);
}

/** The scopes that someone of that role may give to a key. */
export function givableScopes(role: Role): Scope[] {
  return scopes.filter((scope) => includes(role, roleOfScope[scope]));
}

function includes(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
