import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { storageFailure } from './failures.ts';
import { uploadStream } from './multipart.ts';
import { type ObjectStore, UPLOAD_HEADERS } from './store.ts';

export interface S3StoreOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
}

const UPLOAD_LINK_SECONDS = 7_200;
/** Removed one by one, so many at a time: not every S3 takes a list. */
const REMOVE_AT_ONCE = 8;

/** Objects in a bucket of anything that speaks S3, the endpoint of hosted Supabase Storage among them. */
export function s3Store({ bucket, endpoint, region, ...credentials }: S3StoreOptions): ObjectStore {
  const client = new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    // The newer checksums are sent as trailers, which many other servers store as part of the object.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const at = (path: string) => ({ Bucket: bucket, Key: path });

  return {
    async putStream(path, source, contentType, options = {}) {
      try {
        await uploadStream(client, at(path), source, contentType, options);
      } catch (error) {
        throw options.signal?.aborted ? options.signal.reason : translated(error);
      }
    },

    async getStream(path) {
      const { Body } = await client.send(new GetObjectCommand(at(path))).catch(rethrow);
      // It may break before it is read; reading it then throws.
      return (Body as unknown as Readable).on('error', () => {});
    },

    async removeObjects(paths) {
      for (let start = 0; start < paths.length; start += REMOVE_AT_ONCE) {
        const some = paths.slice(start, start + REMOVE_AT_ONCE);
        await Promise.all(some.map((path) => client.send(new DeleteObjectCommand(at(path))))).catch(rethrow);
      }
    },

    async listObjects(prefix) {
      const paths: string[] = [];
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix });
      try {
        for await (const { Contents = [] } of pages) paths.push(...Contents.map(({ Key = '' }) => Key));
      } catch (error) {
        throw translated(error);
      }
      return paths.sort();
    },

    async signUpload(path) {
      const url = await getSignedUrl(client, new PutObjectCommand(at(path)), {
        expiresIn: UPLOAD_LINK_SECONDS,
      });
      return { url, method: 'PUT', headers: UPLOAD_HEADERS };
    },
  };
}

function rethrow(error: unknown): never {
  throw translated(error);
}

/** The SDK marks its own errors with `$metadata`; those of the source and of the fence go on as they are. */
function translated(error: unknown): unknown {
  if (!(error instanceof Error && '$metadata' in error)) return error;
  return storageFailure((error.$metadata as { httpStatusCode?: number }).httpStatusCode, error);
}
