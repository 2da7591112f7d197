import { randomUUID } from 'node:crypto';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { requireUnchanged } from '#lib/core/etag.ts';
import { parse } from '#lib/core/parse.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import { checkDefinition } from '#lib/exports/check.ts';
import { copyName } from '#lib/exports/copy-name.ts';
import { type ExportDefinition, exportDefinition } from '#lib/exports/definition.ts';
import {
  type ExportView,
  findExport,
  noSuchExport,
  selectExports,
  toView,
} from '#lib/exports/export-view.ts';
import { maskPersonal, requireOwner } from '#lib/exports/shape/personal.ts';
import { deliversTheSame, resetWatermark } from '#lib/exports/watermark.ts';

/** Saves an export, whose runs will have the caller's rights. Throws `invalid` where it does not fit its dataset. */
export async function createExport(session: Session, definition: ExportDefinition): Promise<ExportView> {
  requireRole(session, 'editor');
  const id = randomUUID();
  return asMember(session, async (tx) => {
    await checkDefinition(tx, session, definition);
    await tx.db
      .insertInto('exports')
      .values({ id, workspace_id: session.workspaceId, ...stored(definition) })
      .execute();
    await audit(tx, 'export.created', id, { name: definition.name });
    return findExport(tx, id);
  });
}

/** The workspace's exports, oldest first. */
export async function listExports(session: Session, query: ListQuery): Promise<ListPage<ExportView>> {
  const { items, nextCursor } = await asMember(session, (tx) => keysetPage(selectExports(tx), query, 'asc'));
  return { items: items.map(toView), nextCursor };
}

/** Throws `not_found`. */
export async function getExport(session: Session, id: string): Promise<ExportView> {
  return asMember(session, (tx) => findExport(tx, id));
}

/**
 * Changes an export by a merge: a field given replaces the stored one whole, null takes it away. Another
 * dataset, filter or choice of columns means that an incremental export starts over. Throws `version_mismatch`
 * where `ifMatch` is given and the export has changed since, and `forbidden` where another than its owner would show
 * personal data.
 */
export async function updateExport(
  session: Session,
  id: string,
  patch: Readonly<Record<string, unknown>>,
  ifMatch?: string,
): Promise<ExportView> {
  requireRole(session, 'editor');
  return asMember(session, async (tx) => {
    // Two changes at once are merged one after the other.
    await tx.db.selectFrom('exports').select('id').where('id', '=', id).forUpdate().execute();
    const before = await findExport(tx, id);
    requireUnchanged(before, ifMatch);
    const definition = parse(exportDefinition, merged(before, patch));
    requireOwner(session, before.ownerId, { changed: Object.keys(patch), shown: definition });
    await checkDefinition(tx, session, definition);
    await tx.db.updateTable('exports').set(stored(definition)).where('id', '=', id).execute();
    if (!deliversTheSame(definition, before)) await resetWatermark(tx, id);
    await audit(tx, 'export.updated', id, { changed: Object.keys(patch) });
    return findExport(tx, id);
  });
}

/**
 * Saves the export once more under the name “… copy”, to run with the caller's rights. Personal data that another owner
 * has chosen to show are masked in it. Throws like `createExport`.
 */
export async function duplicateExport(session: Session, id: string): Promise<ExportView> {
  const original = await getExport(session, id);
  const name = copyName(original.name);
  const definition = definitionOf(original);
  const own = original.ownerId === session.userId ? definition : maskPersonal(definition);
  return createExport(session, { ...own, name });
}

/**
 * Removes an export; the files that it made stay until they expire. Throws `version_mismatch` where `ifMatch` is
 * given and the export has changed since.
 */
export async function deleteExport(session: Session, id: string, ifMatch?: string): Promise<void> {
  requireRole(session, 'editor');
  await asMember(session, async (tx) => {
    const removed = await tx.db
      .deleteFrom('exports')
      .where('id', '=', id)
      .returning(['name', 'updated_at as updatedAt'])
      .executeTakeFirstOrThrow(noSuchExport);
    requireUnchanged(removed, ifMatch);
    await audit(tx, 'export.deleted', id, { name: removed.name });
  });
}

function stored({ name, dataset, ...rest }: ExportDefinition) {
  return { name, dataset, definition: JSON.stringify(rest) };
}

function merged(view: ExportView, patch: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries({ ...definitionOf(view), ...patch }).filter(([, value]) => value !== null);
  return Object.fromEntries(entries);
}

function definitionOf({
  id: _,
  ownerId: _owner,
  createdAt: _created,
  updatedAt: _updated,
  ...definition
}: ExportView): ExportDefinition {
  return definition;
}
