import { z } from 'zod';
import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { sourcePatch } from '#lib/sources/definition.ts';
import { deleteSource } from '#lib/sources/remove.ts';
import { getSource, updateSource } from '#lib/sources/sources.ts';

const deletion = z.strictObject({ rows: z.enum(['keep', 'remove']).optional() });

export const GET = route({ params: idParams }, ({ session, params }) => getSource(session, params.id));

export const PATCH = route({ params: idParams, body: sourcePatch }, ({ session, params, body }) =>
  updateSource(session, params.id, body),
);

export const DELETE = route({ params: idParams, query: deletion }, ({ session, params, query }) =>
  deleteSource(session, params.id, query.rows),
);
