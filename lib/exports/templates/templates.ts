import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { requireUnchanged } from '#lib/core/etag.ts';
import { parse } from '#lib/core/parse.ts';
import { allDatasets } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { copyName } from '#lib/exports/copy-name.ts';
import { findExport } from '#lib/exports/export-view.ts';
import { maskPersonal } from '#lib/exports/shape/personal.ts';
import { checkTemplate } from './check.ts';
import { missingColumns } from './needs.ts';
import { type NewTemplate, type Template, type TemplateView, templateSchema } from './schema.ts';
import { builtinViews, findTemplate, noSuchTemplate, selectTemplates, toView } from './template-view.ts';

/** So many of its own a workspace can have: all of them are listed at once. */
const MAX_TEMPLATES = 500;

/** The built-in templates and those of the workspace, oldest first; only those that fit `dataset` where one is named. */
export async function listTemplates(
  session: Session,
  { dataset: name }: { readonly dataset?: string | undefined } = {},
): Promise<{ items: TemplateView[]; nextCursor: null }> {
  return asMember(session, async (tx) => {
    const own = (await selectTemplates(tx).orderBy('created_at').orderBy('id').execute()).map(toView);
    const all = [...builtinViews, ...own];
    if (name === undefined) return { items: all, nextCursor: null };
    const datasets = await allDatasets(tx);
    const dataset = datasets.find((each) => each.name === name);
    const fits = ({ needs }: TemplateView) =>
      dataset && missingColumns(needs, dataset, datasets).length === 0;
    return { items: all.filter(fits), nextCursor: null };
  });
}

/** The names of the datasets that have the columns that a template needs. */
export async function fittingDatasets(
  session: Session,
  { needs }: Pick<TemplateView, 'needs'>,
): Promise<string[]> {
  const datasets = await asMember(session, allDatasets);
  const fitting = datasets.filter((dataset) => missingColumns(needs, dataset, datasets).length === 0);
  return fitting.map(({ name }) => name);
}

/** Throws `not_found`. */
export async function getTemplate(session: Session, id: string): Promise<TemplateView> {
  return asMember(session, (tx) => findTemplate(tx, id));
}

/**
 * Keeps a template, of a definition or of an export that is there. Throws `invalid`, and `not_found` where there is no
 * such export.
 */
export async function createTemplate(session: Session, given: NewTemplate): Promise<TemplateView> {
  requireRole(session, 'editor');
  const id = randomUUID();
  return asMember(session, async (tx) => {
    const template = await templateOf(tx, given);
    checkTemplate(template);
    await requireRoom(tx);
    await tx.db
      .insertInto('export_templates')
      .values({ id, workspace_id: session.workspaceId, ...stored(template) })
      .execute();
    await audit(tx, 'template.created', id, { name: template.name });
    return findTemplate(tx, id);
  });
}

/**
 * Keeps a template of the workspace's own that is as another under the name “… copy”. Throws `not_found` where there
 * is none.
 */
export async function copyTemplate(session: Session, id: string): Promise<TemplateView> {
  const { name, ...rest } = bare(await getTemplate(session, id));
  return createTemplate(session, { ...rest, name: copyName(name) });
}

/**
 * Changes a template by a merge: a field given replaces the stored one whole. Throws `version_mismatch` where
 * `ifMatch` is given and the template has changed since, and `conflict` for a built-in one.
 */
export async function updateTemplate(
  session: Session,
  id: string,
  patch: Readonly<Record<string, unknown>>,
  ifMatch?: string,
): Promise<TemplateView> {
  requireRole(session, 'editor');
  requireOwn(id);
  return asMember(session, async (tx) => {
    // Two changes at once are merged one after the other.
    await tx.db.selectFrom('export_templates').select('id').where('id', '=', id).forUpdate().execute();
    const before = await findTemplate(tx, id);
    requireUnchanged(before, ifMatch);
    const template = parse(templateSchema, { ...bare(before), ...patch });
    checkTemplate(template);
    await tx.db.updateTable('export_templates').set(stored(template)).where('id', '=', id).execute();
    await audit(tx, 'template.updated', id, { changed: Object.keys(patch) });
    return findTemplate(tx, id);
  });
}

/** Removes a template; the exports that were made from it stay. Throws like `updateTemplate`. */
export async function deleteTemplate(session: Session, id: string, ifMatch?: string): Promise<void> {
  requireRole(session, 'editor');
  requireOwn(id);
  await asMember(session, async (tx) => {
    const removed = await tx.db
      .deleteFrom('export_templates')
      .where('id', '=', id)
      .returning(['name', 'updated_at as updatedAt'])
      .executeTakeFirstOrThrow(noSuchTemplate);
    requireUnchanged(removed, ifMatch);
    await audit(tx, 'template.deleted', id, { name: removed.name });
  });
}

function bare({ name, description, definition, customizations, formats }: TemplateView): Template {
  return { name, description, definition, customizations, formats };
}

/** Who applies a template is the owner of what it gives, and to show personal data is the owner's own choice. */
function stored({ name, definition, ...template }: Template) {
  return { name, template: JSON.stringify({ ...template, definition: maskPersonal(definition) }) };
}

async function templateOf(tx: Tx, { exportId, definition, ...rest }: NewTemplate): Promise<Template> {
  if (exportId === undefined) return parse(templateSchema, { definition, ...rest });
  const {
    id: _,
    name: _name,
    ownerId: _owner,
    createdAt: _c,
    updatedAt: _u,
    ...of
  } = await findExport(tx, exportId);
  return parse(templateSchema, { definition: of, ...rest });
}

async function requireRoom({ db }: Tx): Promise<void> {
  const { count } = await db
    .selectFrom('export_templates')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) < MAX_TEMPLATES) return;
  throw new EntrepotError(
    'conflict',
    `This workspace has ${MAX_TEMPLATES} templates: delete one of them first.`,
  );
}

function requireOwn(id: string): void {
  if (builtinViews.some((each) => each.id === id)) {
    throw new EntrepotError(
      'conflict',
      'A built-in template stays as it is: make a template of your own of its definition, and change that.',
    );
  }
  if (!z.guid().safeParse(id).success) throw noSuchTemplate();
}
