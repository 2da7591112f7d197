import { listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { sourceInput } from '#lib/sources/definition.ts';
import { createSource, listSources } from '#lib/sources/sources.ts';

export const GET = route({ query: listQuery }, ({ session, query }) => listSources(session, query));

export const POST = route({ body: sourceInput, status: 201 }, ({ session, body }) =>
  createSource(session, body),
);
