import { sql } from 'kysely';
import type { CookieJar } from '#lib/auth/cookies.ts';
import type { Role } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asCaller } from '#lib/db/as-member.ts';

/** The name of the header that chooses a workspace, and of the cookie that remembers the choice. */
export const WORKSPACE_CHOICE = 'entrepot-workspace';

/** A workspace that a user belongs to, and as what. */
export interface Membership {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** The workspace named by the header, else by the cookie, else the only one there is, with the user's role. */
export async function chooseWorkspace(
  userId: string,
  headers: Headers,
  cookies: CookieJar,
): Promise<Membership> {
  const memberships = await membershipsOf(userId);
  const asked = namedWorkspace(headers) ?? cookies.get(WORKSPACE_CHOICE);
  return asked === undefined ? theOnlyOne(memberships) : theNamedOne(memberships, asked);
}

/** One of the workspaces that a user belongs to; throws `not_found` for any other. */
export async function ownWorkspace(userId: string, id: string): Promise<Membership> {
  return theNamedOne(await membershipsOf(userId), id);
}

/** The id in the header `Entrepot-Workspace`, if there is one. */
export function namedWorkspace(headers: Headers): string | undefined {
  return headers.get(WORKSPACE_CHOICE)?.toLowerCase();
}

/** The workspaces a user belongs to, oldest first. */
export async function membershipsOf(userId: string): Promise<Membership[]> {
  const listed = await asCaller(userId, ({ db }) =>
    sql<Membership>`select id, name, role from private.my_workspaces()`.execute(db),
  );
  return listed.rows;
}

function theOnlyOne(memberships: readonly Membership[]): Membership {
  const [first, ...others] = memberships;
  if (!first) throw new EntrepotError('not_found', 'You belong to no workspace. Ask for an invitation.');
  if (others.length === 0) return first;
  const choices = memberships.map(({ id, name }) => `${id} (${name})`).join(', ');
  throw new EntrepotError(
    'bad_request',
    `You belong to several workspaces: name one in the header Entrepot-Workspace. Yours are ${choices}.`,
  );
}

function theNamedOne(memberships: readonly Membership[], asked: string): Membership {
  const named = memberships.find(({ id }) => id === asked);
  if (!named) throw new EntrepotError('not_found', 'You belong to no workspace of that id.');
  return named;
}
