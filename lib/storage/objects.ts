import { type Env, env } from '#lib/env.ts';
import { s3Store } from './s3.ts';
import type { ObjectStore, PutOptions, SignedUpload } from './store.ts';
import { supabaseStore } from './supabase.ts';

let opened: ObjectStore | undefined;

/** Stores bytes as an object, in place of what was there. */
export function putObject(
  path: string,
  bytes: Uint8Array,
  contentType: string,
  options: Pick<PutOptions, 'signal'> = {},
): Promise<void> {
  async function* once() {
    yield bytes;
  }
  return store().putStream(path, once(), contentType, options);
}

/** See `ObjectStore.putStream`: seen only when complete, nothing left on failure. */
export function putStream(
  path: string,
  source: AsyncIterable<Uint8Array>,
  contentType: string,
  options: PutOptions,
): Promise<void> {
  return store().putStream(path, source, contentType, options);
}

/** The bytes of an object; throws `not_found`. */
export function getStream(path: string): Promise<AsyncIterable<Uint8Array>> {
  return store().getStream(path);
}

/** Removes objects; those that are not there are no error. */
export function removeObjects(paths: readonly string[]): Promise<void> {
  return store().removeObjects(paths);
}

/** The paths of all objects below the folder `prefix`, which ends with a slash; sorted. */
export function listObjects(prefix: string): Promise<string[]> {
  return store().listObjects(prefix);
}

/** What it takes to send a file straight to `path`, within two hours. */
export function signUpload(path: string): Promise<SignedUpload> {
  return store().signUpload(path);
}

function store(): ObjectStore {
  opened ??= openStore(env());
  return opened;
}

/** Any S3 where ARTIFACT_S3_ENDPOINT names one, else the project's Supabase Storage. */
function openStore(env: Env): ObjectStore {
  const bucket = env.STORAGE_BUCKET;
  if (!env.ARTIFACT_S3_ENDPOINT) {
    return supabaseStore({ url: env.SUPABASE_URL, secretKey: env.SUPABASE_SECRET_KEY, bucket });
  }
  if (!env.ARTIFACT_S3_ACCESS_KEY_ID || !env.ARTIFACT_S3_SECRET_ACCESS_KEY) {
    throw new Error(
      'ARTIFACT_S3_ENDPOINT needs ARTIFACT_S3_ACCESS_KEY_ID and ARTIFACT_S3_SECRET_ACCESS_KEY.',
    );
  }
  return s3Store({
    endpoint: env.ARTIFACT_S3_ENDPOINT,
    region: env.ARTIFACT_S3_REGION,
    accessKeyId: env.ARTIFACT_S3_ACCESS_KEY_ID,
    secretAccessKey: env.ARTIFACT_S3_SECRET_ACCESS_KEY,
    bucket,
  });
}
