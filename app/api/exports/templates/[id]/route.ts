import { z } from 'zod';
import { nothing } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { templateView } from '#lib/exports/templates/schema.ts';
import { deleteTemplate, getTemplate, updateTemplate } from '#lib/exports/templates/templates.ts';

/** A word of a built-in one, a UUID of all others. */
const templateParams = z.object({ id: z.string() });

/** Checked once it is merged into what is stored. */
const patch = z.record(z.string(), z.unknown()).meta({ examples: [{ name: 'Open orders, by vendor' }] });

export const GET = route(
  { summary: 'Get a template', params: templateParams, response: templateView, versioned: true },
  ({ session, params }) => getTemplate(session, params.id),
);

export const PATCH = route(
  {
    summary: 'Change a template',
    description:
      'A merge: any of the fields with which it was created, each replaced whole. Exports that were made from it stay as they are. A built-in one cannot be changed.',
    params: templateParams,
    body: patch,
    response: templateView,
    versioned: true,
    errors: ['conflict'],
  },
  ({ session, params, body, ifMatch }) => updateTemplate(session, params.id, body, ifMatch),
);

export const DELETE = route(
  {
    summary: 'Delete a template',
    description: 'Exports that were made from it stay.',
    params: templateParams,
    response: nothing,
    versioned: true,
    errors: ['conflict'],
  },
  ({ session, params, ifMatch }) => deleteTemplate(session, params.id, ifMatch),
);
