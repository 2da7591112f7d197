import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { asService } from '#lib/db/as-service.ts';
import { type Binding, decrypt, encrypt } from './cipher.ts';

interface StoredCredentials {
  readonly workspace_id: string;
  readonly key_id: string;
  readonly ciphertext: Buffer;
}

/** Encrypts and stores the credentials of a source, in place of those it had. Throws `not_found` without the source. */
export async function saveCredentials(source: Binding, credentials: unknown): Promise<void> {
  const { workspaceId, sourceId } = source;
  const { keyId, ciphertext } = encrypt(JSON.stringify(credentials), source);
  const encrypted = { key_id: keyId, ciphertext };
  await asService(async ({ db }) => {
    const marked = await db
      .updateTable('external_data_sources')
      .set({ credentials_set: true })
      .where('id', '=', sourceId)
      .where('workspace_id', '=', workspaceId)
      .executeTakeFirst();
    if (marked.numUpdatedRows === 0n) throw new EntrepotError('not_found', 'There is no such source.');
    await db
      .insertInto('private.source_credentials')
      .values({ source_id: sourceId, workspace_id: workspaceId, ...encrypted })
      .onConflict((existing) =>
        existing.column('source_id').doUpdateSet({ ...encrypted, updated_at: sql`now()` }),
      )
      .execute();
  });
}

/**
 * The credentials of a source of that workspace, or null where it has none. Throws `AUTH_FAILED` where they cannot
 * be decrypted, as those that were entered for another origin.
 */
export async function readCredentials(source: Binding): Promise<unknown> {
  const stored = await asService(async ({ db }) => {
    const { rows } = await sql<StoredCredentials>`
      select * from private.get_external_source_credentials(${source.sourceId}::uuid)`.execute(db);
    return rows[0];
  });
  if (stored?.workspace_id !== source.workspaceId) return null;
  return JSON.parse(decrypt({ keyId: stored.key_id, ciphertext: stored.ciphertext }, source));
}

/** Forgets the credentials of a source. */
export async function removeCredentials({ workspaceId, sourceId }: Omit<Binding, 'origin'>): Promise<void> {
  await asService(async ({ db }) => {
    await db
      .deleteFrom('private.source_credentials')
      .where('source_id', '=', sourceId)
      .where('workspace_id', '=', workspaceId)
      .execute();
    await db
      .updateTable('external_data_sources')
      .set({ credentials_set: false })
      .where('id', '=', sourceId)
      .where('workspace_id', '=', workspaceId)
      .execute();
  });
}
