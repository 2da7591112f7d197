import { z } from 'zod';
import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { deleteExport, getExport, updateExport } from '#lib/exports/exports.ts';

/** Checked once it is merged into what is stored. */
const patch = z.record(z.string(), z.unknown());

export const GET = route({ params: idParams }, ({ session, params }) => getExport(session, params.id));

export const PATCH = route({ params: idParams, body: patch }, ({ session, params, body }) =>
  updateExport(session, params.id, body),
);

export const DELETE = route({ params: idParams }, ({ session, params }) => deleteExport(session, params.id));
