import { listOf } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { connectorView, listConnectors } from '#lib/sources/connectors.ts';

export const GET = route(
  {
    summary: 'List connectors',
    description: 'What a source can be made of, with the JSON Schemas of its `config` and `credentials`.',
    response: listOf(connectorView),
  },
  async () => ({ items: listConnectors(), nextCursor: null }),
);
