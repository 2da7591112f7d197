'use server';

import { z } from 'zod';
import { action } from '#lib/api/action.ts';
import { createFromTemplate } from '#lib/exports/templates/from-template.ts';
import { fromTemplate, newTemplate } from '#lib/exports/templates/schema.ts';
import { createTemplate, deleteTemplate } from '#lib/exports/templates/templates.ts';

/** Saves an export that a template gives. */
export const apply = action(fromTemplate, (session, chosen) => createFromTemplate(session, chosen));

/** Keeps a template, such as of an export that is there. */
export const keep = action(newTemplate, (session, template) => createTemplate(session, template));

export const remove = action(z.strictObject({ id: z.guid() }), (session, { id }) =>
  deleteTemplate(session, id),
);
