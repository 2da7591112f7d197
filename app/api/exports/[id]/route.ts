import { z } from 'zod';
import { idParams, nothing } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { exportView } from '#lib/exports/export-view.ts';
import { deleteExport, getExport, updateExport } from '#lib/exports/exports.ts';

/** Checked once it is merged into what is stored. */
const patch = z
  .record(z.string(), z.unknown())
  .meta({ examples: [{ name: 'Alaska and Hawaii', limit: null }] });

export const GET = route(
  { summary: 'Get an export', params: idParams, response: exportView, versioned: true },
  ({ session, params }) => getExport(session, params.id),
);

export const PATCH = route(
  {
    summary: 'Change an export',
    description:
      'A merge: any of the fields with which it was created, each replaced whole; null takes one away. With another dataset, filter or choice of columns an incremental export starts over.',
    params: idParams,
    body: patch,
    response: exportView,
    versioned: true,
  },
  ({ session, params, body, ifMatch }) => updateExport(session, params.id, body, ifMatch),
);

export const DELETE = route(
  {
    summary: 'Delete an export',
    description: 'The files that it made stay until they expire.',
    params: idParams,
    response: nothing,
    versioned: true,
  },
  ({ session, params, ifMatch }) => deleteExport(session, params.id, ifMatch),
);
