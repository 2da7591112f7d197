import { z } from 'zod';
import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { conflictView, listConflicts } from '#lib/sources/conflicts.ts';

export const GET = route(
  {
    summary: 'List the conflicts of a source',
    description:
      'Fields that a person has edited and the source has changed since, where its policy is to ask. Edit the row with `mine` or `theirs` to decide.',
    params: idParams,
    response: z.object({ items: z.array(conflictView) }),
  },
  ({ session, params }) => listConflicts(session, params.id),
);
