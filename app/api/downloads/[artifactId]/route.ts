import { z } from 'zod';
import { openRoute } from '#lib/api/open-route.ts';
import { openDownload } from '#lib/exports/downloads.ts';

const params = z.object({ artifactId: z.guid() });
const query = z.strictObject({ token: z.string().default('') });

/** As long as the queue's route has: a large file on a slow line. */
export const maxDuration = 300;

export const GET = openRoute({ params, query }, async ({ params, query }) => {
  const { headers, body } = await openDownload(params.artifactId, query.token);
  return new Response(ReadableStream.from(body), { headers });
});
