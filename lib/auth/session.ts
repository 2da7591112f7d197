import type { Actor } from '#lib/db/as-member.ts';

export type Role = 'viewer' | 'editor' | 'owner';

/**
 * A caller who has been recognised and has chosen a workspace: the first parameter of every function that
 * routes and actions call. It is also what `asMember` needs.
 */
export interface Session {
  readonly workspaceId: string;
  readonly actor: Actor;
  /** The person: the user, or the maker of the key. */
  readonly userId: string;
  /** What the caller may do here: the member's role, or the lesser of it and the key's scope. */
  readonly role: Role;
}
