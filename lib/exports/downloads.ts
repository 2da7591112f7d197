import { sql } from 'kysely';
import { EntrepotError } from '#lib/core/errors.ts';
import { asService } from '#lib/db/as-service.ts';
import { DOWNLOAD } from '#lib/exports/artifacts.ts';
import { verifyLink } from '#lib/secrets/links.ts';
import { getStream } from '#lib/storage/objects.ts';

export interface Download {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * The file behind a signed link; the download is noted in the audit trail. The link is all it takes: no
 * session. Throws `unauthenticated` for a forged link, `link_expired`, and `not_found` for a file that is gone.
 */
export async function openDownload(artifactId: string, token: string): Promise<Download> {
  checkLink(artifactId, token);
  const { path, file_name, media_type, bytes } = await noteDownload(artifactId);
  const headers = {
    'content-type': media_type,
    'content-length': bytes,
    'content-disposition': `attachment; filename="${file_name.replaceAll('/', '-')}"`,
    // The file's own bytes: nobody on the way is to compress them anew.
    'cache-control': 'private, no-store, no-transform',
    'x-content-type-options': 'nosniff',
  };
  return { headers, body: await getStream(path) };
}

function checkLink(id: string, token: string): void {
  const verdict = verifyLink(token, { purpose: DOWNLOAD, id }, new Date());
  if (verdict === 'ok') return;
  if (verdict === 'expired') {
    throw new EntrepotError(
      'link_expired',
      'This link has expired. Get a new one from the export’s history.',
    );
  }
  throw new EntrepotError('unauthenticated', 'This link is not valid. Copy it whole from where you got it.');
}

interface OpenedRow {
  readonly path: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly bytes: string;
}

async function noteDownload(artifactId: string): Promise<OpenedRow> {
  const { rows } = await asService(({ db }) =>
    sql<OpenedRow>`select path, file_name, media_type, bytes from private.open_download(${artifactId})`.execute(
      db,
    ),
  );
  const [opened] = rows;
  if (opened) return opened;
  throw new EntrepotError('not_found', 'This file is no longer kept. Run the export again.');
}
