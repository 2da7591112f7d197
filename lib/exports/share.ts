import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import { linkTo } from '#lib/exports/artifacts.ts';

/** A link to a file, and when it stops working: ISO 8601 in UTC. */
export interface SharedLink {
  readonly url: string;
  readonly expiresAt: string;
}

/**
 * A link to the file that works for `hours`, for whoever holds it, but no longer than the file is kept; noted in
 * the audit trail. Any member may ask for one, as for the links of the history. Throws `not_found` for a file that
 * is gone.
 */
export async function shareArtifact(
  session: Session,
  artifactId: string,
  hours: number,
): Promise<SharedLink> {
  return asMember(session, async (tx) => {
    const artifact = await tx.db
      .selectFrom('artifacts')
      .select(['id', 'file_name', 'expires_at'])
      .where('id', '=', artifactId)
      .executeTakeFirst();
    if (!artifact || Date.parse(artifact.expires_at) <= Date.now()) {
      throw new EntrepotError('not_found', 'This file is no longer kept. Run the export again.');
    }
    const link = linkTo(artifact, hours);
    await audit(tx, 'artifact.shared', artifactId, {
      fileName: artifact.file_name,
      expiresAt: link.expiresAt,
    });
    return link;
  });
}
