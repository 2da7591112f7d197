import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { requireUnchanged } from '#lib/core/etag.ts';
import { ensureDataset } from '#lib/datasets/datasets.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { Binding } from '#lib/secrets/cipher.ts';
import { removeCredentials, saveCredentials } from '#lib/secrets/credentials.ts';
import { checkUpload } from '#lib/storage/uploads.ts';
import { keepCredentials, patched } from './change.ts';
import { validateAccess } from './connect.ts';
import type { SourceInput, SourcePatch } from './definition.ts';
import { checkStreams } from './mapping.ts';
import { originOf } from './origin.ts';
import { changesLoad, requireScheduleFits } from './quota-fit.ts';
import { listUnmapped } from './unmapped-rows.ts';
import { type SourceView, selectSources } from './view.ts';

/** Listing the many rows that a changed mapping leaves takes longer than other statements may. */
const LISTS_ROWS = { statementTimeoutMs: 120_000 };

/**
 * Saves a source together with its credentials, which are encrypted, and the datasets that are made for it.
 * Throws `invalid` naming each field that its connector or the dataset does not take, `conflict` where a new
 * dataset's name is taken, and `not_found` for an upload that is not the workspace's; the source is not called.
 */
export async function createSource(session: Session, input: SourceInput): Promise<SourceView> {
  requireRole(session, 'editor');
  const { sourceType, displayName, config, credentials = null, streams } = input;
  const { connector, ...valid } = await validateAccess({ type: sourceType, config, credentials });
  const { definition } = connector;
  const id = randomUUID();
  await asMember(session, async (tx) => {
    await checkUpload(tx, config);
    for (const dataset of input.datasets) await ensureDataset(tx, dataset);
    await checkStreams(tx, definition, streams);
    await requireScheduleFits(tx, { ...input, id, config: valid.config, definition });
    await tx.db
      .insertInto('external_data_sources')
      .values({
        id,
        workspace_id: session.workspaceId,
        source_type: sourceType,
        next_sync_at: firstDue(input.syncFrequency),
        ...columnsOf(input),
      })
      .execute();
    await audit(tx, 'source.created', id, { sourceType, displayName });
  });
  if (credentials !== null) {
    const binding = { workspaceId: session.workspaceId, sourceId: id, origin: originOf(config) };
    await saveOrRemove(session, binding, credentials);
  }
  return getSource(session, id);
}

/** The workspace's sources, oldest first. */
export async function listSources(session: Session, query: ListQuery): Promise<ListPage<SourceView>> {
  return asMember(session, (tx) => keysetPage(selectSources(tx), query, 'asc'));
}

/** Throws `not_found`. */
export async function getSource(session: Session, id: string): Promise<SourceView> {
  return asMember(session, (tx) =>
    selectSources(tx).where('id', '=', id).executeTakeFirstOrThrow(noSuchSource),
  );
}

/**
 * Changes a source. A changed mapping raises `mappingVersion`; a sync under way then ends and says so, and the rows of
 * datasets that are filled no more wait among the source's deletions for a person. Throws `invalid` where another
 * origin would get the credentials that were entered for this one, and `version_mismatch` where `ifMatch` is given and
 * the source has changed since.
 */
export async function updateSource(
  session: Session,
  id: string,
  patch: SourcePatch,
  ifMatch?: string,
): Promise<SourceView> {
  requireRole(session, patch.alertMails === undefined ? 'editor' : 'owner');
  const { credentials } = patch;
  const origin = await asMember(
    session,
    (tx) => writePatch(tx, session, id, patch, ifMatch),
    patch.streams && LISTS_ROWS,
  );
  const binding = { workspaceId: session.workspaceId, sourceId: id, origin };
  if (credentials === null) await removeCredentials(binding);
  else if (credentials !== undefined) await saveCredentials(binding, credentials);
  return getSource(session, id);
}

/** The change itself; gives the origin that the source has with it. */
async function writePatch(
  tx: Tx,
  { workspaceId }: Session,
  id: string,
  patch: SourcePatch,
  ifMatch: string | undefined,
): Promise<string> {
  const { credentials, syncFrequency } = patch;
  const before = await selectSources(tx)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(noSuchSource);
  requireUnchanged(before, ifMatch);
  const after = patched(before, patch);
  const { config, streams } = after;
  const access = { type: before.sourceType, config, credentials: credentials ?? null };
  const { connector, ...valid } = await validateAccess(access);
  const { definition } = connector;
  if (patch.config) await checkUpload(tx, patch.config);
  if (credentials === undefined) keepCredentials(before, config);
  if (patch.streams) await checkStreams(tx, definition, streams);
  const parsed = { ...after, config: valid.config, definition };
  if (changesLoad(patch)) await requireScheduleFits(tx, parsed, before);
  await tx.db
    .updateTable('external_data_sources')
    .where('id', '=', id)
    .set({
      ...columnsOf(after),
      ...(syncFrequency && { next_sync_at: firstDue(syncFrequency) }),
      alert_mails: after.alertMails,
      scheduled_at: scheduledAt(after),
      mapping_version: sql`mapping_version + (field_mappings <> ${JSON.stringify(streams)}::jsonb)::int`,
      config_version: sql`config_version + (config <> ${JSON.stringify(config)}::jsonb)::int`,
    })
    .execute();
  if (patch.streams) {
    await listUnmapped(tx, { workspaceId, sourceId: id, before: before.streams, after: streams });
  }
  await audit(tx, 'source.updated', id, { changed: Object.keys(patch) });
  return originOf(config);
}

/** A source is not kept without the credentials that it was made with. */
async function saveOrRemove(session: Session, binding: Binding, credentials: unknown): Promise<void> {
  try {
    await saveCredentials(binding, credentials);
  } catch (error) {
    await asMember(session, ({ db }) =>
      db.deleteFrom('external_data_sources').where('id', '=', binding.sourceId).execute(),
    );
    throw error;
  }
}

/** What a person decides of a source, as it is stored. */
function columnsOf(source: Omit<SourceInput, 'sourceType' | 'credentials' | 'datasets'>) {
  return {
    display_name: source.displayName,
    enabled: source.enabled,
    sync_frequency: source.syncFrequency,
    config: JSON.stringify(source.config),
    field_mappings: JSON.stringify(source.streams),
    rate_limits: JSON.stringify(source.rateLimits),
    cache_ttl_seconds: source.cacheTtlSeconds,
    delete_guard: JSON.stringify(source.deleteGuard),
    reject_limit: JSON.stringify(source.rejectLimit),
    conflict_policy: source.conflictPolicy,
    conflict_policies: JSON.stringify(source.conflictPolicies),
  };
}

/** What is synced by the clock is due at once; the rest waits to be asked. */
function firstDue(frequency: SourceInput['syncFrequency']) {
  return frequency === 'manual' ? null : sql<string>`now()`;
}

/** It begins anew where a source is synced as often as it is only from now on. */
function scheduledAt({ enabled, syncFrequency, streams }: ReturnType<typeof patched>) {
  const isMapped = Object.keys(streams).length > 0;
  return sql<string>`case
    when enabled = ${enabled} and sync_frequency = ${syncFrequency} and (field_mappings <> '{}') = ${isMapped}
    then scheduled_at else now() end`;
}

function noSuchSource(): EntrepotError {
  return new EntrepotError('not_found', 'There is no such source.');
}
