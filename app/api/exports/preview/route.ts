import { z } from 'zod';
import { route } from '#lib/api/route.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { exportPreview, previewExport } from '#lib/exports/preview.ts';

export const POST = route(
  {
    summary: 'Preview an export',
    description: 'The first rows as a run would give them; nothing is saved.',
    query: z.object({
      export: z.guid().exactOptional().meta({
        description: 'The export of which it is the next run; without one the rows are those of a first run.',
      }),
    }),
    body: exportDefinition,
    response: exportPreview,
  },
  ({ session, body, query }) => previewExport(session, body, query.export),
);
