import { listOf, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { sourceInput } from '#lib/sources/definition.ts';
import { createSource, listSources } from '#lib/sources/sources.ts';
import { sourceView } from '#lib/sources/view.ts';

export const GET = route(
  { summary: 'List sources', description: 'Oldest first.', query: listQuery, response: listOf(sourceView) },
  ({ session, query }) => listSources(session, query),
);

export const POST = route(
  {
    summary: 'Create a source',
    description: 'Saves it with its credentials, which are encrypted. It is not called: check it before.',
    body: sourceInput,
    response: sourceView,
    status: 201,
  },
  ({ session, body }) => createSource(session, body),
);
