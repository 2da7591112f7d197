import { z } from 'zod';
import { fileResponse } from '#lib/api/file-response.ts';
import { openRoute } from '#lib/api/open-route.ts';
import { openDownload } from '#lib/exports/downloads.ts';

const params = z.object({ artifactId: z.guid() });
const query = z.strictObject({ token: z.string().default('') });

/** A large file on a slow line takes long. */
export const maxDuration = 300;

/** The file, for whoever has its link. */
export const GET = openRoute({ params, query }, async ({ params, query }) =>
  fileResponse(await openDownload(params.artifactId, query.token)),
);
