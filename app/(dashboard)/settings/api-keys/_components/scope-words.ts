import type { Scope } from '#lib/auth/roles.ts';

/** What a key of each scope may do. */
export const scopeWords: Readonly<Record<Scope, readonly [name: string, meaning: string]>> = {
  read: ['Look', 'Reads data, sources, exports and jobs. Changes nothing.'],
  write: ['Look and change', 'Also sets up sources and exports, and runs them.'],
  admin: ['Everything', 'Also manages members and the workspace itself.'],
};
