import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Role, Session } from '#lib/auth/session.ts';
import { closePools } from '#lib/db/pool.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';
import { join, signUp } from '#tests/support/people.ts';

/** A database to arrange people in, and to look at as a superuser. */
export interface PeopleGround {
  readonly admin: pg.Client;
  /** A new account with this address, confirmed unless said otherwise. */
  account(email?: string, options?: { confirmed?: boolean }): Promise<{ userId: string; email: string }>;
  /** The owner's session of a new workspace. */
  owner(): Promise<Session>;
  /** Somebody new in a workspace. */
  member(workspaceId: string, role: Role): Promise<Session>;
  /** What the audit trail of a workspace says, oldest first. */
  trail(workspaceId: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function preparePeople(environment: Record<string, string> = {}): Promise<PeopleGround> {
  const database = await createTestDatabase();
  setEnvironment(database, environment);
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  const owner = () => signUp(admin);
  return {
    admin,
    owner,
    async account(email = `${randomUUID()}@example.com`, { confirmed = true } = {}) {
      const userId = randomUUID();
      await admin.query('insert into auth.users (id, email, email_confirmed_at) values ($1, $2, $3)', [
        userId,
        email,
        confirmed ? new Date() : null,
      ]);
      return { userId, email };
    },
    member: async (workspaceId, role) => join(admin, (await owner()).userId, workspaceId, role),
    async trail(workspaceId) {
      const { rows } = await admin.query(
        'select action from public.audit_log where workspace_id = $1 order by id',
        [workspaceId],
      );
      return rows.map(({ action }) => action);
    },
    async close() {
      await closePools();
      await admin.end();
      await database.drop();
    },
  };
}
