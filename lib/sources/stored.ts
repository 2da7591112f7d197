import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { readCredentials } from '#lib/secrets/credentials.ts';
import { keepCredentials, merged } from './change.ts';
import { type CheckResult, checkSource } from './check.ts';
import type { SourceAccess } from './connect.ts';
import type { ChangedAccess } from './definition.ts';
import { originOf } from './origin.ts';
import { previewSource, type StreamPreview } from './preview.ts';
import { getSource } from './sources.ts';

/** Tries whether a saved source can be read, as it is or with changes that are not saved yet. */
export async function checkStored(session: Session, id: string, change: ChangedAccess): Promise<CheckResult> {
  return checkSource(session, await accessOf(session, id, change));
}

/** The first rows of a saved source, as it is or with changes that are not saved yet. */
export async function previewStored(
  session: Session,
  id: string,
  change: ChangedAccess,
): Promise<{ streams: StreamPreview[] }> {
  return previewSource(session, await accessOf(session, id, change));
}

/** Credentials stay on the server, and with the origin that they were entered for. */
async function accessOf(session: Session, id: string, change: ChangedAccess): Promise<SourceAccess> {
  requireRole(session, 'editor');
  const source = await getSource(session, id);
  const config = merged(source.config, change.config);
  const { credentials } = change;
  if (credentials !== undefined) return { type: source.sourceType, config, credentials };
  keepCredentials(source, config);
  const binding = { workspaceId: session.workspaceId, sourceId: id, origin: originOf(config) };
  return { type: source.sourceType, config, credentials: await readCredentials(binding) };
}
