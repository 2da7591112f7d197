import type { Member } from '#lib/workspaces/members.ts';

/** How a member is called in a sentence. */
export function nameOf({ displayName, email }: Pick<Member, 'displayName' | 'email'>): string {
  return displayName ?? email;
}
