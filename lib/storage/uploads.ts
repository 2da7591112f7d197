import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { EntrepotError } from '#lib/core/errors.ts';
import { type Acting, asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { getStream, signUpload } from './objects.ts';

/** More than this is better fetched from an address. */
const LARGEST_UPLOAD_BYTES = 5_000_000_000;

export const uploadInput = z
  .strictObject({
    fileName: z.string().min(1).max(255),
    bytes: z.int().nonnegative().max(LARGEST_UPLOAD_BYTES),
    contentType: z.string().max(255).default('application/octet-stream'),
  })
  .meta({ examples: [{ fileName: 'zipcodes.csv', bytes: 2_108_013, contentType: 'text/csv' }] });

/** Where and how the file is to be sent; `id` is what a source's `config.upload` names. */
export const upload = z.object({
  id: z.guid().meta({ description: 'Name it in a source’s `config` as `upload`.' }),
  url: z.url().meta({ description: 'Where the file is to be sent.' }),
  method: z.literal('PUT'),
  headers: z.record(z.string(), z.string()).readonly(),
});
export type Upload = Readonly<z.infer<typeof upload>>;

/** Makes room for a file that the caller then sends straight to Storage. */
export async function createUpload(acting: Acting, input: z.output<typeof uploadInput>): Promise<Upload> {
  const { fileName, bytes, contentType } = input;
  const id = randomUUID();
  const path = `uploads/${acting.workspaceId}/${id}`;
  await asMember(acting, async (tx) => {
    await tx.db
      .insertInto('uploads')
      .values({
        id,
        workspace_id: acting.workspaceId,
        file_name: fileName,
        bytes,
        content_type: contentType,
        path,
      })
      .execute();
    await audit(tx, 'upload.created', id, { fileName, bytes });
  });
  return { id, ...(await signUpload(path)) };
}

/** The bytes of a file that was uploaded to the acting workspace; throws `not_found`. */
export async function openUpload(acting: Acting, id: string): Promise<AsyncIterable<Uint8Array>> {
  const path = await asMember(acting, (tx) => pathOf(tx, id));
  try {
    return await getStream(path);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'not_found')) throw cause;
    throw new EntrepotError('not_found', 'The file was never uploaded. Upload it and try again.', { cause });
  }
}

/** The bytes of an upload by one who acts already; throws `not_found`. */
export async function uploadStream(tx: Tx, id: string): Promise<AsyncIterable<Uint8Array>> {
  return getStream(await pathOf(tx, id));
}

/** Throws `not_found` where a configuration names an upload that the acting workspace has not. */
export async function checkUpload(tx: Tx, config: unknown): Promise<void> {
  const { upload } = config as { readonly upload?: unknown };
  if (typeof upload === 'string') await pathOf(tx, upload);
}

async function pathOf({ db }: Tx, id: string): Promise<string> {
  const row = z.guid().safeParse(id).success
    ? await db.selectFrom('uploads').select('path').where('id', '=', id).executeTakeFirst()
    : undefined;
  if (!row) throw new EntrepotError('not_found', 'There is no upload of that id.');
  return row.path;
}
