import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { App } from '@supabase/lite';

type StorageAdapter = NonNullable<App['_storageAdapter']>;
type ObjectMetadata = Awaited<ReturnType<StorageAdapter['headObject']>>;

/**
 * Objects as files of a folder. Bodies stream in both directions, and a file has its name only once it is
 * complete.
 */
export function objectFolder(folder: string): StorageAdapter {
  const fileOf = (bucket: string, key: string) => join(folder, bucket, key);
  return {
    driver: undefined,
    async getObject(bucket, key) {
      const file = fileOf(bucket, key);
      const metadata = await metadataOf(file);
      return { metadata, httpStatusCode: 200, body: Readable.toWeb(createReadStream(file)) };
    },
    async uploadObject(bucket, key, _version, body, contentType, cacheControl) {
      const file = fileOf(bucket, key);
      const partial = join(folder, '.partial', randomUUID());
      await mkdir(dirname(file), { recursive: true });
      await mkdir(dirname(partial), { recursive: true });
      try {
        await pipeline(body instanceof Uint8Array ? [body] : body, createWriteStream(partial));
        await rename(partial, file);
      } finally {
        await rm(partial, { force: true });
      }
      return { ...(await metadataOf(file)), mimetype: contentType, cacheControl };
    },
    async deleteObject(bucket, key) {
      await rm(fileOf(bucket, key), { force: true });
    },
    async deleteObjects(bucket, keys) {
      for (const key of keys) await rm(fileOf(bucket, key), { force: true });
    },
    async copyObject(bucket, key, _version, toBucket, toKey) {
      const copy = fileOf(toBucket, toKey);
      await mkdir(dirname(copy), { recursive: true });
      await copyFile(fileOf(bucket, key), copy);
      return metadataOf(copy);
    },
    headObject: (bucket, key) => metadataOf(fileOf(bucket, key)),
    async privateAssetUrl(bucket, key) {
      return `file://${fileOf(bucket, key)}`;
    },
  };
}

async function metadataOf(file: string): Promise<ObjectMetadata> {
  const { size, mtime, mtimeMs } = await stat(file);
  return {
    cacheControl: 'no-cache',
    contentLength: size,
    size,
    mimetype: 'application/octet-stream',
    lastModified: mtime,
    eTag: `"${size.toString(16)}-${Math.floor(mtimeMs).toString(16)}"`,
  };
}
