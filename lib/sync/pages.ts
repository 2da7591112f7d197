import { isDeepStrictEqual } from 'node:util';
import type { Page } from '#connectors/contract.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { Connection } from '#lib/sources/connect.ts';
import { asCached } from './from-cache.ts';
import type { OpenStream } from './open-stream.ts';
import type { Pass } from './pass.ts';
import { getPage, putPage, type SpoolFolder } from './spool.ts';

/** Where a pass over spooled pages stands: `n` of `pages` are done. */
export interface SpoolCursor {
  readonly token: string;
  readonly n: number;
  readonly pages: number;
  readonly rows: number;
}

/** The pages of a pass from its cursor on: out of the spool, or from the source itself. */
export function pagesOf({ spooled, name, connect }: OpenStream, pass: Pass): AsyncGenerator<Page> {
  return spooled ? spooledPages(pass) : livePages(name, pass, () => connect(pass));
}

async function* spooledPages(pass: Pass): AsyncGenerator<Page> {
  const { n: first, ...spool } = pass.cursor as SpoolCursor;
  const folder = { runId: pass.runId, stream: pass.stream, token: spool.token };
  for (let n = first; n < spool.pages; n += 1) {
    yield await getPage(folder, n, { ...spool, n: n + 1 } satisfies SpoolCursor);
  }
}

/**
 * The pages that the source, or the cache in its place, gives from where a pass stands; none where it stands behind
 * the last one, which has said how the pass ended.
 */
export async function* livePages(
  stream: string,
  { cursor, since, cachedAt }: Pick<Pass, 'cursor' | 'since' | 'cachedAt'>,
  connection: () => Promise<Connection>,
): AsyncGenerator<Page> {
  const { connector, client } = await connection();
  const reader = connector.streams[stream];
  if (!reader) throw new EntrepotError('not_found', `This kind of source has no stream named "${stream}".`);
  for await (const page of reader.read(client, cursor, since)) {
    if (page.rows.length === 0 && isDeepStrictEqual(page.cursor, cursor)) continue;
    yield cachedAt === null ? page : asCached(page);
  }
}

/**
 * Brings all pages into the spool, each while the next is read, calling `onPage` before each; gives the cursor
 * of the first.
 */
export async function spool(
  pages: AsyncIterable<Page>,
  folder: SpoolFolder,
  onPage: (page: Page, rows: number) => Promise<void>,
): Promise<SpoolCursor> {
  let n = 0;
  let rows = 0;
  let stored: Promise<void> | undefined;
  try {
    for await (const page of pages) {
      rows += page.rows.length + (page.broken?.length ?? 0);
      await onPage(page, rows);
      await stored;
      stored = putPage(folder, n, page);
      // Its failure is heard of before the next page, or at the end.
      stored.catch(() => undefined);
      n += 1;
    }
    await stored;
  } finally {
    await stored?.catch(() => undefined);
  }
  return { token: folder.token, n: 0, pages: n, rows };
}
