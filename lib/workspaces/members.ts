import { sql } from 'kysely';
import { DatabaseError } from 'pg';
import { requireRole } from '#lib/auth/roles.ts';
import type { Role, Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';

/** A person of the workspace. Times are ISO 8601 in UTC. */
export interface Member {
  readonly userId: string;
  readonly email: string;
  readonly displayName: string | null;
  readonly role: Role;
  readonly joinedAt: string;
  /** How many exports run with their rights. */
  readonly exports: number;
}

/** The people of the workspace, who came first on top. */
export function listMembers(session: Session): Promise<Member[]> {
  return asMember(session, async ({ db }) => {
    const listed = await sql<Member>`
      select p.user_id as "userId", coalesce(p.email, '') as email, p.display_name as "displayName", p.role,
        p.joined_at as "joinedAt",
        (select count(*)::int from public.exports e
         where e.workspace_id = ${session.workspaceId} and e.owner_id = p.user_id) as exports
      from private.workspace_people() p
    `.execute(db);
    return listed.rows;
  });
}

/**
 * Gives a member another role, from their next request on. Needs owner; throws `conflict` where the workspace
 * would be left without one.
 */
export async function changeRole(session: Session, userId: string, role: Role): Promise<void> {
  requireRole(session, 'owner');
  await asMember(session, async (tx) => {
    const changed = await refusing(
      tx.db
        .updateTable('workspace_members')
        .set({ role })
        .where('workspace_id', '=', session.workspaceId)
        .where('user_id', '=', userId)
        .executeTakeFirst(),
    );
    if (!changed.numUpdatedRows) throw noSuchMember();
    await audit(tx, 'member.role_changed', userId, { role });
  });
}

/**
 * Takes a member, or oneself, out of the workspace; their API keys end for good. Their exports go to `heir`, an
 * owner or editor, or stay and refuse to run until they are handed over. Needs owner for somebody else; throws
 * `conflict` where the workspace would be left without an owner. Answers how many exports went over.
 */
export async function removeMember(session: Session, userId: string, heir: string | null): Promise<number> {
  if (userId !== session.userId) requireRole(session, 'owner');
  return asMember(session, async (tx) => {
    // Before: who has left leaves no trace any more.
    await audit(tx, userId === session.userId ? 'member.left' : 'member.removed', userId, { heir });
    const removed = await refusing(
      sql<{ given: number | null }>`select private.remove_member(${userId}, ${heir}) as given`.execute(tx.db),
    );
    const given = removed.rows[0]?.given ?? null;
    if (given === null) throw noSuchMember();
    return given;
  });
}

/** How many exports pause because their owner has left, or may only look at things now. */
export function countPausedExports(session: Session): Promise<number> {
  return asMember(session, async ({ db }) => {
    const counted = await sql<{ count: number }>`
      select count(*)::int as count from private.paused_exports()
    `.execute(db);
    return counted.rows[0]?.count ?? 0;
  });
}

/** Hands all paused exports over to an owner or editor, whose rights they then have. Needs owner. */
export async function resumeExports(session: Session, heir: string): Promise<number> {
  requireRole(session, 'owner');
  return asMember(session, async (tx) => {
    const given = await handOver(tx, heir);
    await audit(tx, 'exports.handed_over', heir, { exports: given });
    return given;
  });
}

async function handOver({ db }: Tx, heir: string): Promise<number> {
  const handed = await refusing(
    sql<{ given: number }>`select private.resume_exports(${heir}) as given`.execute(db),
  );
  return handed.rows[0]?.given ?? 0;
}

const refusals: Readonly<Record<string, () => EntrepotError>> = {
  ENT03: () =>
    new EntrepotError(
      'conflict',
      'A workspace needs an owner, and this is the last one. Make somebody else an owner first.',
    ),
  ENT04: () => {
    const message = 'Exports can go to an owner or an editor of this workspace.';
    return new EntrepotError('invalid', message, { fields: { heir: message } });
  },
};

/** What the database refuses, in words. */
async function refusing<T>(statement: Promise<T>): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    throw (error instanceof DatabaseError && refusals[error.code ?? '']?.()) || error;
  }
}

function noSuchMember(): EntrepotError {
  return new EntrepotError('not_found', 'There is no such member in this workspace.');
}
