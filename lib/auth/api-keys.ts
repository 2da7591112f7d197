import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { requireRole, requireScope, scopes } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';

export const newApiKey = z
  .strictObject({
    name: z.string().trim().min(1, 'must not be empty').max(200),
    scope: z.enum(scopes),
    expiresAt: z.iso
      .datetime({ offset: true })
      .transform((time) => new Date(time))
      .refine((time) => time.getTime() > Date.now(), 'must lie in the future')
      .optional(),
  })
  .meta({ examples: [{ name: 'Nightly report', scope: 'read', expiresAt: '2030-01-01T00:00:00Z' }] });
type NewApiKey = z.output<typeof newApiKey>;

/** A key as it is listed: enough to recognise it, nothing to use it with. Times are ISO 8601 in UTC. */
export const apiKeyView = z
  .object({
    id: z.guid(),
    name: z.string(),
    prefix: z.string().meta({ description: 'How the key begins.' }),
    scope: z.enum(scopes),
    createdBy: z.object({ id: z.guid(), email: z.string().nullable() }).meta({
      description: 'Who made it; without an address once they have left, and then the key opens nothing.',
    }),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = Readonly<z.infer<typeof apiKeyView>>;

/** A new key, seen this once. */
export const madeApiKey = z.object({
  id: z.guid(),
  key: z.string().meta({ description: 'Keep it now: it is never shown again.' }),
});

const KEY_BYTES = 32;
const PREFIX_LENGTH = 'ent_'.length + 6;

/**
 * Makes a key of the session's workspace, which acts with its scope or its maker's present role, whichever is
 * less. The answer is the only time the key is seen: its SHA-256 alone is kept. Needs editor, and at least the
 * rights the key is to have.
 */
export async function createApiKey(
  session: Session,
  { name, scope, expiresAt }: NewApiKey,
): Promise<z.infer<typeof madeApiKey>> {
  requireRole(session, 'editor');
  requireScope(session, scope);
  const key = `ent_${randomBytes(KEY_BYTES).toString('base64url')}`;
  const id = await asMember(session, async (tx) => {
    const inserted = await sql<{ id: string }>`
      insert into public.api_keys (workspace_id, name, prefix, hash, scope, expires_at)
      values (${session.workspaceId}, ${name}, ${key.slice(0, PREFIX_LENGTH)}, ${hashApiKey(key)}, ${scope},
        ${expiresAt ?? null})
      returning id
    `.execute(tx.db);
    const { id } = inserted.rows[0] as { id: string };
    await audit(tx, 'api_key.created', id, { name, scope });
    return id;
  });
  return { id, key };
}

/** The workspace's keys, the newest first, revoked ones too. */
export function listApiKeys(session: Session): Promise<ApiKey[]> {
  return asMember(session, async ({ db }) => {
    const listed = await sql<ApiKey>`
      select k.id, k.name, k.prefix, k.scope, k.created_at as "createdAt", k.last_used_at as "lastUsedAt",
        k.expires_at as "expiresAt", k.revoked_at as "revokedAt",
        jsonb_build_object('id', k.created_by, 'email', p.email) as "createdBy"
      from public.api_keys k left join private.workspace_people() p on p.user_id = k.created_by
      where k.workspace_id = ${session.workspaceId}
      order by k.created_at desc, k.id
    `.execute(db);
    return listed.rows;
  });
}

/** Ends a key at once and for good; its maker or an owner may. Revoking it again changes nothing. */
export async function revokeApiKey(session: Session, id: string): Promise<void> {
  requireRole(session, 'editor');
  await asMember(session, async (tx) => {
    const revoked = await sql`
      update public.api_keys set revoked_at = coalesce(revoked_at, now())
      where id = ${id} and workspace_id = ${session.workspaceId}
    `.execute(tx.db);
    if (!revoked.numAffectedRows) {
      throw new EntrepotError('not_found', 'There is no such key among those you may revoke.');
    }
    await audit(tx, 'api_key.revoked', id);
  });
}

/** What is kept of a key. It has 256 random bits, so a plain digest cannot be searched. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
