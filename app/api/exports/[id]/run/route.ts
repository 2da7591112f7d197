import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { runExport } from '#lib/exports/runs.ts';

export const POST = route({ params: idParams, status: 202 }, ({ session, params }) =>
  runExport(session, params.id),
);
