import type { Role } from '#lib/auth/session.ts';

/** The roles, least first. */
export const roleChoices: Role[] = ['viewer', 'editor', 'owner'];

/** What each lets one do. */
export const roleMeanings: Readonly<Record<Role, string>> = {
  viewer: 'looks at everything and downloads files',
  editor: 'also adds sources, syncs them and makes exports',
  owner: 'also invites people and changes what they may do',
};
