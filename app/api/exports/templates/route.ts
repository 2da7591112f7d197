import { z } from 'zod';
import { listOf } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { newTemplate, templateView } from '#lib/exports/templates/schema.ts';
import { createTemplate, listTemplates } from '#lib/exports/templates/templates.ts';

const which = z.strictObject({
  dataset: z.string().min(1).optional().meta({
    description: 'Only those whose columns this dataset has.',
  }),
});

export const GET = route(
  {
    summary: 'List templates of exports',
    description: 'All of them: those that come along, then those of the workspace, oldest first.',
    query: which,
    response: listOf(templateView),
  },
  ({ session, query }) => listTemplates(session, query),
);

export const POST = route(
  {
    summary: 'Create a template',
    description:
      'Of a definition, or of an export that is there. What may be chosen where it is applied is put into places of the definition, and tried beforehand.',
    body: newTemplate,
    response: templateView,
    status: 201,
  },
  ({ session, body }) => createTemplate(session, body),
);
