import { createHash } from 'node:crypto';
import type { Page } from '#connectors/contract.ts';
import type { Asking, FileBody } from '#connectors/file-body.ts';
import type { FileLocation } from '#connectors/file-definition.ts';
import { type Batch, paginate } from '#connectors/paging.ts';

/** A file that can be asked for, and how its rows are read. */
export interface FileSource<Read extends Batch = Batch> {
  readonly config: FileLocation;
  readonly open: (asking?: Asking) => Promise<FileBody>;
  readonly rows: (file: FileBody) => AsyncIterable<Read>;
}

/** By which the server tells whether the file has changed; `of` is a hash of the address that it belongs to. */
interface Bookmark {
  readonly of: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Until so long after its last change, a file may change once more within the same second. */
const UNSETTLED_MS = 2_000;

/**
 * The pages of one file. From the bookmark of an earlier pass on it is read only where it has changed: else
 * there is one page without rows, which is not said to be complete and carries that bookmark on.
 */
export async function* filePages(source: FileSource, cursor: unknown, since: unknown): AsyncGenerator<Page> {
  const file = await source.open(cursor === null ? condition(source.config, since) : undefined);
  if (file.status === 304) {
    yield { rows: [], cursor: { records: 0 }, bookmark: since };
    return;
  }
  const bookmark = bookmarkOf(source.config, file);
  for await (const page of paginate(source.rows(file), cursor)) {
    yield page.complete && bookmark ? { ...page, bookmark } : page;
  }
}

function condition({ url }: FileLocation, since: unknown): Asking | undefined {
  const bookmark = since as Bookmark | null | undefined;
  if (!bookmark || !url || bookmark.of !== hashOf(url)) return undefined;
  const { etag, lastModified } = bookmark;
  return {
    headers: {
      ...(etag && { 'if-none-match': etag }),
      ...(lastModified && { 'if-modified-since': lastModified }),
    },
    alsoAccept: [304],
  };
}

function bookmarkOf({ url }: FileLocation, { headers }: FileBody): Bookmark | undefined {
  if (!url) return undefined;
  const { etag, 'last-modified': lastModified, date } = headers;
  if (etag) return { of: hashOf(url), etag };
  const settled = Date.parse(date ?? '') - Date.parse(lastModified ?? '') >= UNSETTLED_MS;
  return lastModified && settled ? { of: hashOf(url), lastModified } : undefined;
}

function hashOf(url: string): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 16);
}
