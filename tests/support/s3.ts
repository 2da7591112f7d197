import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface Reply {
  readonly status: number;
  readonly text?: string | Buffer;
  readonly headers?: Record<string, string>;
}

interface Call {
  readonly method: string;
  /** `bucket/key` */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** The part of S3 that storing objects takes, in memory: objects, multipart uploads with abort, lists, signed links. */
export interface TestS3 {
  readonly endpoint: string;
  /** By `bucket/key`; only what has been completed. */
  readonly objects: Map<string, Buffer>;
  /** The parts of multipart uploads that were neither completed nor aborted, by upload. */
  readonly uploads: Map<string, Map<number, Buffer>>;
  /** Every part that has arrived, ever, by its size. */
  readonly partSizes: number[];
  /** Answers 500 to each call for which this is true, once that is known. */
  failWhen: (call: Call) => boolean | Promise<boolean>;
  close(): void;
}

export async function startTestS3(): Promise<TestS3> {
  const server = createServer((request, response) => {
    respond(s3, request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const s3: TestS3 = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects: new Map(),
    uploads: new Map(),
    partSizes: [],
    failWhen: () => false,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return s3;
}

async function respond(s3: TestS3, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://s3');
  const path = decodeURIComponent(pathname.slice(1)).replace(/\/$/, '');
  const call = { method: request.method ?? '', path, query, body };
  const reply = isSigned(request, query) ? await answer(s3, call) : failure(403, 'AccessDenied');
  response.writeHead(reply.status, reply.headers).end(reply.text);
}

/** The shape of a signature, in a header or in a link; the SDK is trusted with its value. */
function isSigned({ headers }: IncomingMessage, query: URLSearchParams): boolean {
  const inHeader = headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') ?? false;
  return inHeader || /^[0-9a-f]{64}$/.test(query.get('X-Amz-Signature') ?? '');
}

async function answer(s3: TestS3, call: Call): Promise<Reply> {
  if (await s3.failWhen(call)) return failure(500, 'InternalError');
  if (call.query.has('uploads')) return beginUpload(s3);
  if (call.query.has('uploadId')) return answerUpload(s3, call);
  if (call.query.has('list-type')) return list(s3, call);
  return answerObject(s3, call);
}

function answerObject({ objects }: TestS3, { method, path, body }: Call): Reply {
  if (method === 'PUT') objects.set(path, body);
  if (method === 'DELETE') objects.delete(path);
  if (method !== 'GET') return { status: method === 'PUT' ? 200 : 204, headers: { etag: etagOf(body) } };
  const text = objects.get(path);
  return text ? { status: 200, text } : failure(404, 'NoSuchKey');
}

function beginUpload({ uploads }: TestS3): Reply {
  const id = randomUUID();
  uploads.set(id, new Map());
  return { status: 200, text: `<R><UploadId>${id}</UploadId></R>` };
}

function answerUpload({ objects, uploads, partSizes }: TestS3, { method, path, query, body }: Call): Reply {
  const id = query.get('uploadId') ?? '';
  const parts = uploads.get(id);
  if (!parts) return failure(404, 'NoSuchUpload');
  if (method === 'PUT') {
    partSizes.push(body.length);
    parts.set(Number(query.get('partNumber')), body);
    return { status: 200, headers: { etag: etagOf(body) } };
  }
  uploads.delete(id);
  if (method === 'DELETE') return { status: 204 };
  objects.set(path, completed(parts, body));
  return { status: 200, text: '<R><ETag>"x"</ETag></R>' };
}

/** The parts that the request names, in its order. */
function completed(parts: ReadonlyMap<number, Buffer>, body: Buffer): Buffer {
  const numbers = [...body.toString().matchAll(/<PartNumber>(\d+)</g)].map(([, number]) => Number(number));
  return Buffer.concat(numbers.map((number) => parts.get(number) ?? Buffer.alloc(0)));
}

/** Two keys a page, so that readers have to turn it. */
function list({ objects }: TestS3, { path: bucket, query }: Call): Reply {
  const start = Number(query.get('continuation-token') ?? 0);
  const prefix = `${bucket}/${query.get('prefix') ?? ''}`;
  const found = [...objects.keys()].filter((path) => path.startsWith(prefix)).sort();
  const page = found.slice(start, start + 2);
  const contents = page.map((path) => `<Contents><Key>${path.slice(bucket.length + 1)}</Key></Contents>`);
  const more = start + 2 < found.length;
  const next = more ? `<NextContinuationToken>${start + 2}</NextContinuationToken>` : '';
  return { status: 200, text: `<R><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</R>` };
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function failure(status: number, code: string): Reply {
  return { status, text: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` };
}
