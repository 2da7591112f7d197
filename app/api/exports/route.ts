import { listOf, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { exportView } from '#lib/exports/export-view.ts';
import { createExport, listExports } from '#lib/exports/exports.ts';

export const GET = route(
  { summary: 'List exports', description: 'Oldest first.', query: listQuery, response: listOf(exportView) },
  ({ session, query }) => listExports(session, query),
);

export const POST = route(
  {
    summary: 'Create an export',
    description: 'Saves it without running it. Its runs have the rights of whoever created it.',
    body: exportDefinition,
    response: exportView,
    status: 201,
  },
  ({ session, body }) => createExport(session, body),
);
