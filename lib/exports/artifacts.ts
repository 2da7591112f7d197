import { sql } from 'kysely';
import { z } from 'zod';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { env } from '#lib/env.ts';
import type { ProducedFile } from '#lib/exports/produce.ts';
import { distinctWarnings, type ExportWarning } from '#lib/exports/warnings.ts';
import { signLink } from '#lib/secrets/links.ts';

/** What a download link opens. */
export const DOWNLOAD = 'download';

/** How long files are kept; no link outlives them. */
const KEPT_DAYS = 30;
const HOUR_MS = 3_600_000;

/** A produced file as the API shows it. */
export const artifactView = z
  .object({
    id: z.guid(),
    fileName: z.string(),
    bytes: z.int(),
    rows: z.int(),
    sha256: z.string().meta({ description: 'Of the file’s bytes, in hexadecimal.' }),
    url: z
      .url()
      .meta({ description: 'Carries its own right: whoever holds it has the file until it expires.' }),
    keptUntil: z.iso.datetime().meta({ description: 'Until when the file is kept. No link outlives it.' }),
  })
  .meta({ id: 'Artifact' });
export type Artifact = Readonly<z.infer<typeof artifactView>>;

interface Origin {
  readonly workspaceId: string;
  readonly exportId: string;
  readonly jobId: string;
}

/** Notes a stored file; it counts as made once the caller's transaction is committed. */
export async function addArtifact(
  tx: Tx,
  origin: Origin,
  { manifest, path, mediaType }: ProducedFile,
): Promise<void> {
  const { fileName, bytes, rows, sha256 } = manifest;
  const { id } = await tx.db
    .insertInto('artifacts')
    .values({
      workspace_id: origin.workspaceId,
      export_id: origin.exportId,
      job_id: origin.jobId,
      file_name: fileName,
      path,
      media_type: mediaType,
      bytes,
      rows,
      sha256,
      manifest: JSON.stringify(manifest),
      expires_at: new Date(Date.now() + KEPT_DAYS * 24 * HOUR_MS).toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await audit(tx, 'artifact.created', id, { fileName, rows });
}

/** The files that each of these jobs has made, with a new link that works for as many hours as stand beside the job. */
export async function artifactsOf(
  tx: Tx,
  hours: ReadonlyMap<string, number>,
): Promise<Map<string, Artifact[]>> {
  if (hours.size === 0) return new Map();
  const rows = await tx.db
    .selectFrom('artifacts')
    .select(['id', 'job_id', 'file_name', 'bytes', 'rows', 'sha256', 'expires_at'])
    .where('job_id', 'in', [...hours.keys()])
    .orderBy('created_at')
    .orderBy('file_name')
    .execute();
  const byJob = Map.groupBy(rows, (row) => String(row.job_id));
  return new Map(
    [...byJob].map(([jobId, made]) => [jobId, made.map((row) => toArtifact(row, hours.get(jobId) ?? 0))]),
  );
}

/** What the owner of an export should know of the rows of a run, as its files' manifests say it. */
export async function warningsOf({ db }: Tx, jobId: string): Promise<readonly ExportWarning[]> {
  const rows = await db
    .selectFrom('artifacts')
    .select(sql<readonly ExportWarning[]>`coalesce(manifest -> 'warnings', '[]')`.as('warnings'))
    .where('job_id', '=', jobId)
    .orderBy('file_name')
    .execute();
  return distinctWarnings(rows.flatMap(({ warnings }) => warnings));
}

interface ArtifactRow {
  readonly id: string;
  readonly file_name: string;
  readonly bytes: string;
  readonly rows: string;
  readonly sha256: string;
  readonly expires_at: string;
}

function toArtifact(
  { id, file_name, bytes, rows, sha256, expires_at }: ArtifactRow,
  hours: number,
): Artifact {
  return {
    id,
    fileName: file_name,
    bytes: Number(bytes),
    rows: Number(rows),
    sha256,
    url: linkTo({ id, expires_at }, hours).url,
    keptUntil: expires_at,
  };
}

/** A new link to a file that works for `hours`, though no longer than the file is kept, and until when. */
export function linkTo(
  { id, expires_at }: Pick<ArtifactRow, 'id' | 'expires_at'>,
  hours: number,
): { url: string; expiresAt: string } {
  const expiresAt = new Date(Math.min(Date.now() + hours * HOUR_MS, Date.parse(expires_at)));
  const token = signLink({ purpose: DOWNLOAD, id }, expiresAt);
  return {
    url: `${env().APP_URL}/api/downloads/${id}?token=${token}`,
    expiresAt: expiresAt.toISOString(),
  };
}
