import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { readCredentials } from '#lib/secrets/credentials.ts';
import type { Look } from './brief.ts';
import { keepCredentials, merged } from './change.ts';
import { type CheckResult, checkSource } from './check.ts';
import type { SourceAccess } from './connect.ts';
import type { ChangedAccess } from './definition.ts';
import { originOf } from './origin.ts';
import { previewSource, type SourcePreview } from './preview.ts';
import { getSource } from './sources.ts';

/** Tries whether a saved source can be read, as it is or with changes that are not saved yet. */
export async function checkStored(session: Session, id: string, change: ChangedAccess): Promise<CheckResult> {
  const { access, look } = await stored(session, id, change);
  return checkSource(session, access, look);
}

/** The first rows of a saved source, as it is or with changes that are not saved yet. */
export async function previewStored(
  session: Session,
  id: string,
  change: ChangedAccess,
): Promise<SourcePreview> {
  const { access, look } = await stored(session, id, change);
  return previewSource(session, access, look);
}

/** Credentials stay on the server, and with the origin that they were entered for. */
async function stored(
  session: Session,
  id: string,
  { force, ...change }: ChangedAccess,
): Promise<{ access: SourceAccess; look: Look }> {
  requireRole(session, 'editor');
  const source = await getSource(session, id);
  const config = merged(source.config, change.config);
  const { rateLimits, cacheTtlSeconds } = source;
  const look = { sourceId: id, rateLimits, cacheTtlSeconds, force };
  if (change.credentials === undefined) keepCredentials(source, config);
  const binding = { workspaceId: session.workspaceId, sourceId: id, origin: originOf(config) };
  const { credentials = await readCredentials(binding) } = change;
  return { access: { type: source.sourceType, config, credentials }, look };
}
