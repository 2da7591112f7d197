import { route } from '#lib/api/route.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { previewExport } from '#lib/exports/preview.ts';

export const POST = route({ body: exportDefinition }, ({ session, body }) => previewExport(session, body));
