import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { env } from '#lib/env.ts';
import type { Produced } from '#lib/exports/produce.ts';
import { signLink } from '#lib/secrets/links.ts';

/** What a download link opens. */
export const DOWNLOAD = 'download';

/** How long files are kept; no link outlives them. */
const KEPT_DAYS = 30;
const HOUR_MS = 3_600_000;

/** A produced file as the API shows it. */
export interface Artifact {
  readonly id: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly rows: number;
  readonly sha256: string;
  readonly url: string;
}

interface Origin {
  readonly workspaceId: string;
  readonly exportId: string;
  readonly jobId: string;
}

/** Notes a stored file; it counts as made once the caller's transaction is committed. */
export async function addArtifact(
  tx: Tx,
  origin: Origin,
  produced: Omit<Produced, 'snapshot'>,
): Promise<void> {
  const { manifest, path, mediaType } = produced;
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

/** The files that each of these jobs has made, with a new link that works for `hours`. */
export async function artifactsOf(
  tx: Tx,
  jobIds: readonly string[],
  hours: number,
): Promise<Map<string, Artifact[]>> {
  if (jobIds.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('artifacts')
    .select(['id', 'job_id', 'file_name', 'bytes', 'rows', 'sha256', 'expires_at'])
    .where('job_id', 'in', jobIds)
    .orderBy('created_at')
    .execute();
  const byJob = Map.groupBy(rows, (row) => String(row.job_id));
  return new Map([...byJob].map(([jobId, made]) => [jobId, made.map((row) => toArtifact(row, hours))]));
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
  const linkExpiresAt = new Date(Math.min(Date.now() + hours * HOUR_MS, Date.parse(expires_at)));
  const token = signLink({ purpose: DOWNLOAD, id }, linkExpiresAt);
  return {
    id,
    fileName: file_name,
    bytes: Number(bytes),
    rows: Number(rows),
    sha256,
    url: `${env().APP_URL}/api/downloads/${id}?token=${token}`,
  };
}
