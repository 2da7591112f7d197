import { z } from 'zod';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { builtinTemplates } from './builtin.ts';
import { formatsOf } from './check.ts';
import { neededColumns } from './needs.ts';
import { type Template, type TemplateView, templateSchema } from './schema.ts';

/** Throws `not_found` where neither a built-in template nor one of the acting workspace has that id. */
export async function findTemplate(tx: Tx, id: string): Promise<TemplateView> {
  const known = builtinViews.find((each) => each.id === id);
  if (known) return known;
  if (!z.guid().safeParse(id).success) throw noSuchTemplate();
  return toView(await selectTemplates(tx).where('id', '=', id).executeTakeFirstOrThrow(noSuchTemplate));
}

const SHIPPED_AT = '2026-01-01T00:00:00Z';
/** The built-in ones, as they are in every workspace. */
export const builtinViews = builtinTemplates.map(({ id, ...template }) =>
  viewOf(template, { id, builtin: true, createdAt: SHIPPED_AT, updatedAt: SHIPPED_AT }),
);

/** The acting workspace's own, as stored. */
export function selectTemplates({ db }: Tx) {
  return db
    .selectFrom('export_templates')
    .select(['id', 'name', 'template', 'created_at as createdAt', 'updated_at as updatedAt']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectTemplates>['executeTakeFirstOrThrow']>>;

/** Parses what is stored, so that options added since then have their defaults. */
export function toView({ name, template, ...rest }: Row): TemplateView {
  return viewOf(templateSchema.parse({ ...(template as object), name }), { ...rest, builtin: false });
}

function viewOf(
  template: Template,
  rest: Pick<TemplateView, 'id' | 'builtin' | 'createdAt' | 'updatedAt'>,
): TemplateView {
  const { definition } = template;
  const { id, builtin, ...times } = rest;
  return {
    id,
    builtin,
    ...template,
    formats: formatsOf(template),
    destinations: [definition.destination.type],
    needs: neededColumns(definition),
    ...times,
  };
}

export function noSuchTemplate(): EntrepotError {
  return new EntrepotError('not_found', 'There is no such template.');
}
