import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** An answer with its whole body. */
export interface CachedAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** More than this is not kept of one answer, before and after compression. */
export const ANSWER_MAX_BYTES = 4_000_000;
const ENTRY_MAX_BYTES = 700_000;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** The answer as it is kept: a line of headers, then the body, compressed; undefined where it is too large. */
export async function encodeEntry({ headers, body }: CachedAnswer): Promise<Uint8Array | undefined> {
  const bytes = await compress(Buffer.concat([Buffer.from(`${JSON.stringify(headers)}\n`), body]));
  return bytes.length <= ENTRY_MAX_BYTES ? bytes : undefined;
}

export async function decodeEntry(bytes: Uint8Array): Promise<CachedAnswer> {
  const plain = await decompress(bytes);
  const end = plain.indexOf('\n');
  return { headers: JSON.parse(plain.toString('utf8', 0, end)), body: plain.subarray(end + 1) };
}
