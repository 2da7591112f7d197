import { route } from '#lib/api/route.ts';
import { createUpload, uploadInput } from '#lib/sources/uploads.ts';

export const POST = route({ body: uploadInput, status: 201 }, ({ session, body }) =>
  createUpload(session, body),
);
