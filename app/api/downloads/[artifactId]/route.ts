import { z } from 'zod';
import { fileResponse } from '#lib/api/file-response.ts';
import { openRoute } from '#lib/api/open-route.ts';
import { openDownload } from '#lib/exports/downloads.ts';

const params = z.object({ artifactId: z.guid() });
const query = z.strictObject({
  token: z.string().default('').meta({ description: 'What makes the link a link: it says for how long.' }),
});

/** A large file on a slow line takes long. */
export const maxDuration = 300;

export const GET = openRoute(
  {
    summary: 'Download a file',
    description: 'The file, for whoever has its whole link: it takes no key and no session.',
    params,
    query,
    response: z.file(),
    mediaType: 'application/octet-stream',
    errors: ['unauthenticated', 'link_expired'],
  },
  async ({ params, query }) => fileResponse(await openDownload(params.artifactId, query.token)),
);
