import { sql } from 'kysely';
import { hashApiKey } from '#lib/auth/api-keys.ts';
import type { CookieJar } from '#lib/auth/cookies.ts';
import { keyRole, type Scope } from '#lib/auth/roles.ts';
import type { Role, Session } from '#lib/auth/session.ts';
import { signedIn } from '#lib/auth/signed-in.ts';
import { chooseWorkspace, namedWorkspace } from '#lib/auth/workspace.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asCaller } from '#lib/db/as-member.ts';

const HOW_TO = 'Sign in, or send an API key as "Authorization: Bearer ent_…".';

/**
 * Who sends `request` and in which workspace they act, as the database and the Auth server know it at this
 * moment: an API key where there is an `Authorization` header, else the session in the cookies, which is
 * renewed in `cookies` where it was about to end. Throws `unauthenticated`; `bad_request` where no workspace is
 * named and there are several; `not_found` where the named one is not theirs.
 */
export async function authenticate(request: Request, cookies: CookieJar): Promise<Session> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) return keySession(authorization, request.headers);
  refuseForeignPages(request);
  const person = await signedIn(cookies);
  if (!person) throw new EntrepotError('unauthenticated', HOW_TO);
  const { userId } = person;
  const workspace = await chooseWorkspace(userId, request.headers, cookies);
  return {
    workspaceId: workspace.id,
    actor: { kind: 'user', id: userId },
    userId,
    role: workspace.role,
  };
}

/** Whether the request, by its method, changes nothing. */
function onlyReads({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

interface LiveKey {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string;
  readonly scope: Scope;
  readonly role: Role;
}

async function keySession(authorization: string, headers: Headers): Promise<Session> {
  const key = await findKey(authorization);
  if ((namedWorkspace(headers) ?? key.workspaceId) !== key.workspaceId) {
    throw new EntrepotError('not_found', 'This API key belongs to another workspace than the one named.');
  }
  return {
    workspaceId: key.workspaceId,
    actor: { kind: 'api_key', id: key.id },
    userId: key.userId,
    role: keyRole(key.scope, key.role),
  };
}

async function findKey(authorization: string): Promise<LiveKey> {
  const key = /^Bearer (ent_[\w-]{43})$/i.exec(authorization)?.[1];
  if (key === undefined) throw new EntrepotError('unauthenticated', HOW_TO);
  const found = await asCaller(null, ({ db }) =>
    sql<LiveKey>`
      select id, workspace_id as "workspaceId", user_id as "userId", scope, role
      from private.authenticate_api_key(${hashApiKey(key)})
    `.execute(db),
  );
  const [live] = found.rows;
  if (!live) throw new EntrepotError('unauthenticated', 'This API key is unknown, revoked or expired.');
  return live;
}

/** A browser says when another site's page sends the request; our cookies do not work from there. */
function refuseForeignPages(request: Request): void {
  const from = request.headers.get('sec-fetch-site') ?? 'same-origin';
  if (onlyReads(request) || from === 'same-origin' || from === 'none') return;
  throw new EntrepotError('forbidden', 'Changes are not taken from the pages of other sites.');
}
