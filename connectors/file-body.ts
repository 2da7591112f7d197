import type { Context, OutboundRequest } from '#connectors/contract.ts';
import type { FileCredentials, FileLocation } from '#connectors/file-definition.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { gunzipped } from '#lib/core/gunzip.ts';
import { peek } from '#lib/core/peek.ts';

/** More than this, decompressed, is not read: the largest file that still syncs in a sensible time. */
const MAX_PLAIN_BYTES = 20_000_000_000;

/** What a request for a file has beside its address and credentials. */
export type Asking = Pick<OutboundRequest, 'headers' | 'alsoAccept'>;

export interface FileBody {
  /** The path of the address, for its extension; empty for an upload. */
  readonly name: string;
  /** 200 for an upload. */
  readonly status: number;
  /** Of the answer, names in lower case; none for an upload. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decompressed, in flat memory; read once, and closed by leaving the loop. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Asks for the file, with what `asking` adds to the request. Nothing of its body is read yet. */
export async function openFile(
  location: FileLocation,
  credentials: FileCredentials | null,
  accept: string,
  context: Context,
  asking: Asking = {},
): Promise<FileBody> {
  if (location.url === undefined) {
    const upload = await context.openUpload(location.upload ?? '');
    return { name: '', status: 200, headers: {}, bytes: plainBytes(upload, location) };
  }
  const request = { ...asking, url: location.url, headers: { accept, ...asking.headers } };
  const response = await context.fetch(credentials ? authorised(request, credentials) : request);
  const { status, headers, body } = response;
  return { name: new URL(location.url).pathname, status, headers, bytes: plainBytes(body, location) };
}

function authorised(request: OutboundRequest, credentials: FileCredentials): OutboundRequest {
  if ('apiKey' in credentials && 'query' in credentials.apiKey) {
    const url = new URL(request.url);
    url.searchParams.set(credentials.apiKey.query, credentials.apiKey.value);
    return { ...request, url: url.href };
  }
  return { ...request, headers: { ...request.headers, ...authHeaders(credentials) } };
}

function authHeaders(credentials: FileCredentials): Record<string, string> {
  if ('bearer' in credentials) return { authorization: `Bearer ${credentials.bearer}` };
  if ('headers' in credentials) return credentials.headers;
  if ('basic' in credentials) {
    const { user, password } = credentials.basic;
    return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
  }
  return 'header' in credentials.apiKey ? { [credentials.apiKey.header]: credentials.apiKey.value } : {};
}

/** As `openFile`, for what is read as text: an archive, a workbook or a PDF is a `DATA_ERROR` that says so. */
export async function openTextFile(...asked: Parameters<typeof openFile>): Promise<FileBody> {
  const file = await openFile(...asked);
  return { ...file, bytes: textBytes(file.bytes) };
}

async function* textBytes(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, bytes, close } = await peek(source, 4);
  try {
    refuseBinary(head);
    yield* bytes;
  } finally {
    await close();
  }
}

async function* plainBytes(
  source: AsyncIterable<Uint8Array>,
  { compression }: FileLocation,
): AsyncGenerator<Uint8Array> {
  const { head, bytes, close } = await peek(source, 4);
  try {
    const isGzip = head[0] === 0x1f && head[1] === 0x8b;
    yield* capped(compression === 'gzip' || (compression !== 'none' && isGzip) ? gunzipped(bytes) : bytes);
  } finally {
    await close();
  }
}

async function* capped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > MAX_PLAIN_BYTES) {
      throw new EntrepotError('DATA_ERROR', 'The file is larger than 20 GB. Split it and add each part.');
    }
    yield chunk;
  }
}

const binarySignatures = [
  {
    bytes: 'PK\u0003\u0004',
    reason: 'is an Excel workbook or a ZIP archive: add the workbook as Excel, or extract the archive',
  },
  {
    bytes: '\u00d0\u00cf\u0011\u00e0',
    reason: 'is an Excel workbook of the old kind (.xls): save it as CSV or .xlsx',
  },
  { bytes: '%PDF', reason: 'is a PDF: ask for the data as CSV or Excel' },
];

function refuseBinary(head: Buffer): void {
  const start = head.toString('latin1', 0, 4);
  const match = binarySignatures.find(({ bytes }) => start.startsWith(bytes));
  if (match) throw new EntrepotError('DATA_ERROR', `The file ${match.reason}.`);
}

/** Refuses a web page, an XML answer or UTF-16 where data was asked for, by the first characters of the body. */
export function refuseForeign(start: string, expected: string): void {
  if (/^\s*(?!\s)[^\n]*\0/.test(start)) {
    throw new EntrepotError('DATA_ERROR', 'The file looks like UTF-16: save it as UTF-8.');
  }
  if (!/^\s*<(?:!doctype|!--|\?xml|html|head|body|script|error)/i.test(start)) return;
  throw new EntrepotError(
    'DATA_ERROR',
    `The address answers with a web page or XML, not with ${expected}. Open it in a browser: it may ask for a sign-in, or the file may have moved.`,
  );
}
