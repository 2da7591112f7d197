import { Readable } from 'node:stream';
import { type ObjectStore, type PutOptions, UPLOAD_HEADERS } from './store.ts';
import { type SupabaseStorageApi, supabaseStorageApi } from './supabase-api.ts';

export interface SupabaseStoreOptions {
  readonly url: string;
  readonly secretKey: string;
  readonly bucket: string;
}

const LIST_PAGE = 1_000;
const REMOVE_BATCH = 1_000;

interface ListEntry {
  /** Relative to the folder asked for; lite answers whole paths, of all levels at once. */
  readonly name: string;
  /** Null for a folder. */
  readonly id: string | null;
}

/**
 * Objects in a bucket of Supabase Storage. An upload is one request, which the server makes an object of only
 * once it has ended, and which starts afresh when it fails: for large files on hosted Supabase, its S3 endpoint
 * serves better.
 */
export function supabaseStore({ url, secretKey, bucket }: SupabaseStoreOptions): ObjectStore {
  const api = supabaseStorageApi(url, secretKey);
  const objectAt = (path: string) => `/object/${bucket}/${path}`;

  return {
    async putStream(path, source, contentType, options = {}) {
      const headers = { 'content-type': contentType, 'cache-control': 'no-store', 'x-upsert': 'true' };
      const { body, failure } = fenced(source, options);
      const { signal = null } = options;
      try {
        const answer = await api.call({ method: 'POST', path: objectAt(path), headers, body, signal });
        await answer.body.dump();
      } catch (error) {
        throw signal?.aborted ? signal.reason : (failure() ?? error);
      }
    },

    async getStream(path) {
      const { body } = await api.call({ method: 'GET', path: objectAt(path) });
      return body.on('error', () => {}); // It may break before it is read; reading it then throws.
    },

    async removeObjects(paths) {
      for (let start = 0; start < paths.length; start += REMOVE_BATCH) {
        const prefixes = paths.slice(start, start + REMOVE_BATCH);
        await api.send('DELETE', `/object/${bucket}`, { prefixes });
      }
    },

    async listObjects(prefix) {
      return (await Array.fromAsync(listFolder(api, bucket, prefix))).sort();
    },

    async signUpload(path) {
      const target = `/object/upload/sign/${bucket}/${path}`;
      const { token } = await api.send<{ token: string }>('POST', target, {}, { 'x-upsert': 'true' });
      return { url: `${api.base}${target}?token=${token}`, method: 'PUT', headers: UPLOAD_HEADERS };
    },
  };
}

async function* listFolder(api: SupabaseStorageApi, bucket: string, prefix: string): AsyncGenerator<string> {
  for (let offset = 0; ; offset += LIST_PAGE) {
    const query = { prefix, limit: LIST_PAGE, offset, sortBy: { column: 'name', order: 'asc' } };
    const entries = await api.send<ListEntry[]>('POST', `/object/list/${bucket}`, query);
    for (const { name, id } of entries) {
      const path = name.startsWith(prefix) ? name : `${prefix}${name}`;
      if (id === null) yield* listFolder(api, bucket, `${path}/`);
      else yield path;
    }
    if (entries.length < LIST_PAGE) return;
  }
}

/** The bytes of `source`, then the fence: until it has passed, the request has no end. */
function fenced(source: AsyncIterable<Uint8Array>, { signal, beforeComplete }: PutOptions) {
  let failure: unknown;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      yield* source;
      signal?.throwIfAborted();
      await beforeComplete?.();
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return { body: Readable.from(bytes(), { objectMode: false }), failure: () => failure };
}
