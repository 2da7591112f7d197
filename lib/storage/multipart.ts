import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { PutOptions } from './store.ts';

/** S3 wants at least 5 MiB a part and at most 10,000 parts: files of up to 80 GiB. */
const PART_BYTES = 8 * 1024 * 1024;

interface Target {
  readonly Bucket: string;
  readonly Key: string;
}

/**
 * Uploads a stream of unknown length: at once where it fits into one part, else part by part, with one part on
 * its way while the next one is gathered. Seen only when complete; parts of a failed upload are removed.
 */
export async function uploadStream(
  client: S3Client,
  target: Target,
  source: AsyncIterable<Uint8Array>,
  contentType: string,
  options: PutOptions,
): Promise<void> {
  const parts = inParts(source);
  try {
    const first = (await parts.next()).value ?? new Uint8Array();
    const second = (await parts.next()).value;
    if (second) {
      await uploadParts(client, target, joined([first, second], parts), contentType, options);
    } else {
      await fence(options);
      const put = new PutObjectCommand({ ...target, ContentType: contentType, Body: first });
      await client.send(put, abortedBy(options));
    }
  } finally {
    await parts.return();
  }
}

async function uploadParts(
  client: S3Client,
  target: Target,
  parts: AsyncIterable<Uint8Array>,
  contentType: string,
  options: PutOptions,
): Promise<void> {
  const begin = new CreateMultipartUploadCommand({ ...target, ContentType: contentType });
  const { UploadId } = await client.send(begin, abortedBy(options));
  const upload = { ...target, UploadId };
  const etags: Promise<string | undefined>[] = [];
  try {
    for await (const part of parts) {
      await etags.at(-1);
      const sent = uploadPart(client, upload, etags.length + 1, part, options);
      sent.catch(() => {}); // Awaited with the next part, or below.
      etags.push(sent);
    }
    const Parts = (await Promise.all(etags)).map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
    await fence(options);
    const end = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } });
    await client.send(end, abortedBy(options));
  } catch (error) {
    await Promise.allSettled(etags); // A part that arrives after the end would stay.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
    throw error;
  }
}

async function uploadPart(
  client: S3Client,
  upload: Target & { UploadId: string | undefined },
  number: number,
  bytes: Uint8Array,
  options: PutOptions,
): Promise<string | undefined> {
  const command = new UploadPartCommand({ ...upload, PartNumber: number, Body: bytes });
  return (await client.send(command, abortedBy(options))).ETag;
}

async function fence({ signal, beforeComplete }: PutOptions): Promise<void> {
  signal?.throwIfAborted();
  await beforeComplete?.();
}

function abortedBy({ signal }: PutOptions): { abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

async function* joined<T>(first: readonly T[], rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first;
  yield* rest;
}

/** The same bytes in pieces of `PART_BYTES`, the last one shorter; none for an empty stream. */
async function* inParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let part = new Uint8Array(PART_BYTES);
  let filled = 0;
  for await (const chunk of source) {
    for (let offset = 0; offset < chunk.length; ) {
      const piece = chunk.subarray(offset, offset + PART_BYTES - filled);
      part.set(piece, filled);
      filled += piece.length;
      offset += piece.length;
      if (filled === PART_BYTES) {
        yield part;
        part = new Uint8Array(PART_BYTES);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}
