import { route } from '#lib/api/route.ts';
import { createUpload, upload, uploadInput } from '#lib/storage/uploads.ts';

export const POST = route(
  {
    summary: 'Prepare an upload',
    description:
      'Answers where to send the file, straight to the storage: by the method, to the address and with the headers given. Then name its id in the `config` of a source.',
    body: uploadInput,
    response: upload,
    status: 201,
  },
  ({ session, body }) => createUpload(session, body),
);
