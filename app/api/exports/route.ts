import { listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { createExport, listExports } from '#lib/exports/exports.ts';

export const GET = route({ query: listQuery }, ({ session, query }) => listExports(session, query));

export const POST = route({ body: exportDefinition, status: 201 }, ({ session, body }) =>
  createExport(session, body),
);
