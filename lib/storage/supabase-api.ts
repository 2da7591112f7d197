import type { Readable } from 'node:stream';
import { request } from 'undici';
import { storageFailure } from './failures.ts';

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Readable;
  readonly signal?: AbortSignal | null;
}

type Answer = Awaited<ReturnType<typeof request>>;

export interface SupabaseStorageApi {
  readonly base: string;
  /** Resolves where the answer is good, with its body unread; throws an `EntrepotError` otherwise. */
  call(call: Call): Promise<Answer>;
  /** The same with JSON in and out. */
  send<T>(
    method: 'POST' | 'DELETE',
    path: string,
    json: unknown,
    headers?: Record<string, string>,
  ): Promise<T>;
}

/** The REST API of Supabase Storage: https://supabase.github.io/storage */
export function supabaseStorageApi(url: string, secretKey: string): SupabaseStorageApi {
  const base = `${url.replace(/\/+$/, '')}/storage/v1`;
  const keys = { apikey: secretKey, authorization: `Bearer ${secretKey}` };

  async function call({ path, headers, ...rest }: Call): Promise<Answer> {
    const options = { ...rest, headers: { ...keys, ...headers } };
    const answer = await request(`${base}${path}`, options).catch((error: unknown) => {
      throw storageFailure(undefined, error);
    });
    if (answer.statusCode < 300) return answer;
    throw storageFailure(await statusOf(answer), undefined);
  }

  return {
    base,
    call,
    async send<T>(method: 'POST' | 'DELETE', path: string, json: unknown, headers = {}) {
      const described = { 'content-type': 'application/json', ...headers };
      const answer = await call({ method, path, body: JSON.stringify(json), headers: described });
      return (await answer.body.json()) as T;
    },
  };
}

/** Hosted Storage answers 400 to many things and says in the body which status it means. */
async function statusOf({ statusCode, body }: Answer): Promise<number> {
  const said = (await body.json().catch(() => null)) as { statusCode?: unknown } | null;
  return Number(said?.statusCode) || statusCode;
}
