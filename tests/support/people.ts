import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { Role, Session } from '#lib/auth/session.ts';

/** A new account as the Auth server would insert it, and the owner's session of the workspace it gets. */
export async function signUp(admin: pg.Client): Promise<Session> {
  const userId = randomUUID();
  await admin.query('insert into auth.users (id, email) values ($1, $2)', [userId, `${userId}@example.com`]);
  return ownSession(admin, userId);
}

/** The owner's session of a user's first workspace. */
export async function ownSession(admin: pg.Client, userId: string): Promise<Session> {
  const found = await admin.query<{ id: string }>(
    `select workspace_id as id from public.workspace_members
     where user_id = $1 and role = 'owner' order by created_at limit 1`,
    [userId],
  );
  const workspaceId = found.rows[0]?.id;
  if (workspaceId === undefined) throw new Error(`user ${userId} owns no workspace`);
  return { workspaceId, actor: { kind: 'user', id: userId }, userId, role: 'owner' };
}

/** Makes a user a member of a workspace, or changes their role there; answers their session of it. */
export async function join(
  admin: pg.Client,
  userId: string,
  workspaceId: string,
  role: Role,
): Promise<Session> {
  await admin.query(
    `insert into public.workspace_members (workspace_id, user_id, role) values ($1, $2, $3)
     on conflict (workspace_id, user_id) do update set role = excluded.role`,
    [workspaceId, userId, role],
  );
  return { workspaceId, actor: { kind: 'user', id: userId }, userId, role };
}
