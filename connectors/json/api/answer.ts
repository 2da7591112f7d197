import type { Context } from '#connectors/contract.ts';
import { type FileBody, openTextFile } from '#connectors/file-body.ts';
import type { FileCredentials } from '#connectors/file-definition.ts';
import type { JsonConfig } from '#connectors/json/definition.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { refusalOf } from '#lib/http/failures.ts';

/** An API and who asks it. */
export interface ApiSource {
  readonly config: JsonConfig;
  readonly credentials: FileCredentials | null;
  readonly context: Context;
}

const accept = 'application/json, application/x-ndjson;q=0.9, */*;q=0.5';

/** By which an API may say that it keeps no changes from so far back. */
const GONE = 410;
const refusals = [400, 404, 409, GONE, 412, 422];

/** So much of a refusal is looked through. */
const REFUSAL_BYTES = 64_000;

/**
 * Asks for an answer; nothing of it is read yet. Credentials go to the origin of the source alone. Where only
 * changes are asked for and the API says that it keeps none from so far back, throws `bookmark_expired`.
 */
export async function openAnswer(
  source: ApiSource,
  address: string,
  changesOnly: boolean,
): Promise<FileBody> {
  const { config, credentials, context } = source;
  const own = new URL(address).origin === new URL(config.url ?? '').origin;
  const location = { url: address, compression: config.compression };
  const asking = changesOnly ? { alsoAccept: config.incremental?.expired ? refusals : [GONE] } : {};
  const answer = await openTextFile(location, own ? credentials : null, accept, context, asking);
  if (answer.status >= 400) throw await refusal(source, address, answer);
  return answer;
}

async function refusal(
  { config, context }: ApiSource,
  address: string,
  answer: FileBody,
): Promise<EntrepotError> {
  const { status, headers, bytes } = answer;
  const text = await startOf(bytes);
  if (status === GONE || saysExpired(config, text)) return expired();
  return refusalOf(new URL(address).hostname, status, headers, context.now());
}

/** Whether these are the words by which the API says that it keeps no changes from so far back. */
export function saysExpired({ incremental }: JsonConfig, text: string): boolean {
  return incremental?.expired !== undefined && text.toLowerCase().includes(incremental.expired.toLowerCase());
}

export function expired(cause?: unknown): EntrepotError {
  const message = 'The API keeps no changes from as far back as the last sync: all rows are read again.';
  return new EntrepotError('bookmark_expired', message, { cause });
}

async function startOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= REFUSAL_BYTES) break;
  }
  return Buffer.concat(chunks).toString();
}
