import { z } from 'zod';
import { idParams, nothing } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { sourcePatch } from '#lib/sources/definition.ts';
import { deleteSource } from '#lib/sources/remove.ts';
import { getSource, updateSource } from '#lib/sources/sources.ts';
import { sourceView } from '#lib/sources/view.ts';

const deletion = z.strictObject({
  rows: z.enum(['keep', 'remove']).optional().meta({
    description: 'What becomes of the rows that it has brought; needed where there are some.',
  }),
});

export const GET = route(
  { summary: 'Get a source', params: idParams, response: sourceView, versioned: true },
  ({ session, params }) => getSource(session, params.id),
);

export const PATCH = route(
  {
    summary: 'Change a source',
    description:
      'A merge: what is absent stays. In `config`, `streams` and `conflictPolicies` each entry replaces the one of its name, and null removes it; everything else is replaced whole.',
    params: idParams,
    body: sourcePatch,
    response: sourceView,
    versioned: true,
  },
  ({ session, params, body, ifMatch }) => updateSource(session, params.id, body, ifMatch),
);

export const DELETE = route(
  {
    summary: 'Delete a source',
    description: 'With its credentials and its history; a sync of it is cancelled.',
    params: idParams,
    query: deletion,
    response: nothing,
    versioned: true,
  },
  ({ session, params, query, ifMatch }) => deleteSource(session, params.id, query.rows, ifMatch),
);
