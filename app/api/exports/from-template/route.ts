import { route } from '#lib/api/route.ts';
import { exportView } from '#lib/exports/export-view.ts';
import { createFromTemplate } from '#lib/exports/templates/from-template.ts';
import { fromTemplate } from '#lib/exports/templates/schema.ts';

export const POST = route(
  {
    summary: 'Create an export from a template',
    description: 'Saves it without running it. The dataset must have the columns that the template needs.',
    body: fromTemplate,
    response: exportView,
    status: 201,
  },
  ({ session, body }) => createFromTemplate(session, body),
);
