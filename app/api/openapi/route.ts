import { z } from 'zod';
import { openRoute } from '#lib/api/open-route.ts';
import { apiDocument } from './document.ts';

export const GET = openRoute(
  {
    summary: 'Get this description',
    description: 'The OpenAPI 3.1 document of this API, for clients to be made from.',
    response: z.looseObject({ openapi: z.literal('3.1.0') }),
  },
  async () => ({ ...apiDocument() }),
);
