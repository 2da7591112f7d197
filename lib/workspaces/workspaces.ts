import { sql } from 'kysely';
import type { SignedIn } from '#lib/auth/signed-in.ts';
import { asCaller, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';

/** Makes a workspace whose owner the person is; answers its id. */
export async function createWorkspace({ userId }: Pick<SignedIn, 'userId'>, name: string): Promise<string> {
  const made = await asCaller(userId, ({ db }) =>
    sql<{ id: string }>`select private.create_workspace(${name}) as id`.execute(db),
  );
  const { id } = made.rows[0] as { id: string };
  await asMember({ workspaceId: id, actor: { kind: 'user', id: userId } }, (tx) =>
    audit(tx, 'workspace.created', id, { name }),
  );
  return id;
}
