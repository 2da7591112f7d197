import { route } from '#lib/api/route.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { exportPreview, previewExport } from '#lib/exports/preview.ts';

export const POST = route(
  {
    summary: 'Preview an export',
    description: 'The first rows as a run would give them; nothing is saved.',
    body: exportDefinition,
    response: exportPreview,
  },
  ({ session, body }) => previewExport(session, body),
);
