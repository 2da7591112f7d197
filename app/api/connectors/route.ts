import { route } from '#lib/api/route.ts';
import { listConnectors } from '#lib/sources/connectors.ts';

export const GET = route({}, async () => ({ items: listConnectors(), nextCursor: null }));
