'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '#lib/api/action.ts';
import { etagOf } from '#lib/core/etag.ts';
import { createFromTemplate } from '#lib/exports/templates/from-template.ts';
import { fromTemplate, newTemplate } from '#lib/exports/templates/schema.ts';
import {
  copyTemplate,
  createTemplate,
  deleteTemplate,
  updateTemplate,
} from '#lib/exports/templates/templates.ts';

/** Saves an export that a template gives. */
export const apply = action(fromTemplate, (session, chosen) => createFromTemplate(session, chosen));

/** Keeps a template, such as of an export that is there. */
export const keep = action(newTemplate, (session, template) => createTemplate(session, template));

/** Saves changes to a template, unless it has changed since it was `seen`, which is its `updatedAt`. */
export const update = action(
  z.strictObject({ id: z.guid(), seen: z.iso.datetime(), patch: z.record(z.string(), z.unknown()) }),
  (session, { id, seen, patch }) => updateTemplate(session, id, patch, etagOf({ updatedAt: seen })),
);

/** Makes a template of the workspace's own that is as another, be that a built-in one. */
export const copy = action(z.strictObject({ id: z.string() }), (session, { id }) =>
  copyTemplate(session, id),
);

/** Goes on to the list. */
export const remove = action(z.strictObject({ id: z.guid() }), async (session, { id }) => {
  await deleteTemplate(session, id);
  redirect('/exports/templates');
});
