import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { env } from '#lib/env.ts';
import { requireSource } from './runs.ts';

/** A source's webhook as it is shown: its address is not. Times are ISO 8601 in UTC. */
export const webhookView = z
  .object({
    createdAt: z.iso.datetime().nullable().meta({ description: 'Null where it has none.' }),
    calledAt: z.iso.datetime().nullable().meta({ description: 'When it was last called.' }),
  })
  .meta({ id: 'Webhook' });
export type WebhookView = Readonly<z.infer<typeof webhookView>>;

/** A new address, seen this once. */
export const madeWebhook = z.object({
  url: z.url().meta({ description: 'Keep it now: it is never shown again.' }),
});

/** The part of a webhook's address that is secret. */
export const webhookToken = z.string().regex(/^whk_[\w-]{43}$/);

const TOKEN_BYTES = 32;

/** The webhook of a source. Throws `not_found` where there is no such source. */
export function getWebhook(session: Session, sourceId: string): Promise<WebhookView> {
  return asMember(session, async (tx) => {
    await requireSource(tx, sourceId);
    const webhook = await tx.db
      .selectFrom('source_webhooks')
      .select(['created_at as createdAt', 'called_at as calledAt'])
      .where('source_id', '=', sourceId)
      .executeTakeFirst();
    return webhook ?? { createdAt: null, calledAt: null };
  });
}

/**
 * Gives a source an address at which it is called when something has changed there; an earlier one ends. It counts
 * while the source is synced in real time. The answer is the only time it is seen: its SHA-256 alone is kept.
 */
export async function makeWebhook(session: Session, sourceId: string): Promise<z.infer<typeof madeWebhook>> {
  requireRole(session, 'editor');
  const token = `whk_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  const hash = hashWebhookToken(token);
  await asMember(session, async (tx) => {
    await requireSource(tx, sourceId);
    await sql`
      insert into public.source_webhooks (source_id, workspace_id, token_hash)
      values (${sourceId}, ${session.workspaceId}, ${hash})
      on conflict (source_id) do update set token_hash = ${hash}, created_at = now()
    `.execute(tx.db);
    await audit(tx, 'webhook.created', sourceId);
  });
  return { url: `${env().APP_URL}/api/webhooks/${token}` };
}

/** Ends the address of a source. Throws `not_found` where it has none. */
export async function removeWebhook(session: Session, sourceId: string): Promise<void> {
  requireRole(session, 'editor');
  await asMember(session, async (tx) => {
    await tx.db
      .deleteFrom('source_webhooks')
      .where('source_id', '=', sourceId)
      .returning('source_id')
      .executeTakeFirstOrThrow(() => new EntrepotError('not_found', 'The source has no webhook.'));
    await audit(tx, 'webhook.removed', sourceId);
  });
}

/** What is kept of a token. It has 256 random bits, so a plain digest cannot be searched. */
export function hashWebhookToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
