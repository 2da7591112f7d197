export interface PutOptions {
  readonly signal?: AbortSignal;
  /** Awaited when all bytes are there and right before they become an object; throwing leaves none. */
  readonly beforeComplete?: () => Promise<void>;
}

export interface SignedUpload {
  readonly url: string;
  readonly method: 'PUT';
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A private room for objects; whoever asks has been checked before. Paths are made of ASCII letters, digits and
 * `-._/`, which every storage takes as they are, with no slash at either end.
 */
export interface ObjectStore {
  /**
   * Stores a stream of any length under `path`, in place of what was there, in memory that does not grow with
   * it. Nobody sees the object before it is complete; when `source` or `beforeComplete` throws, or the signal
   * is aborted, nothing is left and that very error is thrown.
   */
  putStream(
    path: string,
    source: AsyncIterable<Uint8Array>,
    contentType: string,
    options?: PutOptions,
  ): Promise<void>;
  /** The bytes of an object; throws `not_found`, and while it is read when it is cut short. */
  getStream(path: string): Promise<AsyncIterable<Uint8Array>>;
  /** Removes objects; those that are not there are no error. */
  removeObjects(paths: readonly string[]): Promise<void>;
  /** The paths of all objects in the folder `prefix`, which ends with a slash, and in those below it; sorted. */
  listObjects(prefix: string): Promise<string[]>;
  /** What it takes to send a file straight to `path`, once and within two hours, without any other right. */
  signUpload(path: string): Promise<SignedUpload>;
}

/** What a browser says of a file it uploads; what it is, is found out when it is read. */
export const UPLOAD_HEADERS = { 'content-type': 'application/octet-stream' } as const;
