import type { Route } from 'next';
import { auditActions } from '#lib/workspaces/audit-actions.ts';
import type { AuditEntry } from '#lib/workspaces/audit-log.ts';

/** Who did it, as the subject of a sentence. */
export function actorInWords({
  action,
  actor: { kind, name },
}: Pick<AuditEntry, 'action' | 'actor'>): string {
  switch (kind) {
    case 'user':
      return name ?? 'A former member';
    case 'api_key':
      return name === null ? 'An API key' : `The API key “${name}”`;
    case 'job':
      return name === null ? 'A job' : `A job (${name})`;
    case 'system':
      return action === 'artifact.downloaded' ? 'Someone with its link' : 'The product itself';
  }
}

/** What was done, as a verb that the target's name follows. */
export function actionInWords({ action }: Pick<AuditEntry, 'action'>): string {
  return auditActions[action] ?? action.replaceAll(/[._]/g, ' ');
}

/** Actions that need no target to be understood. */
const speakForThemselves = ['member.left', 'invitation.accepted'];

/** What it was done to: its name now, or the one that was noted then. */
export function targetInWords({ action, targetName, details }: AuditEntry): string | null {
  if (speakForThemselves.includes(action)) return null;
  const { displayName, name, fileName, email } = details;
  const noted = displayName ?? name ?? fileName ?? email;
  return targetName ?? (typeof noted === 'string' ? noted : null);
}

const pages: Readonly<Record<string, string>> = {
  source: '/sources',
  sync: '/sources',
  webhook: '/sources',
  export: '/exports',
  job: '/jobs',
};

/** The page of what it was done to, while it has one. */
export function targetHref({ action, targetId, targetName }: AuditEntry): Route | null {
  const page = pages[action.split('.')[0] ?? ''];
  return page && targetId && targetName !== null ? (`${page}/${targetId}` as Route) : null;
}

const detailNames: Readonly<Record<string, string>> = {
  displayName: 'Name',
  sourceType: 'Connector',
  fileName: 'File',
  bytes: 'Size in bytes',
  runId: 'Sync run',
  jobId: 'Job',
  changed: 'Changed',
};

/** What was noted of it, each with a name that people read: `["Changed", "name, columns"]`. */
export function detailsInWords(
  details: AuditEntry['details'],
  number: (value: number) => string,
): (readonly [name: string, value: string])[] {
  return Object.entries(details).map(([key, value]) => [
    detailNames[key] ?? spaced(key),
    valueInWords(value, number),
  ]);
}

function valueInWords(value: unknown, number: (value: number) => string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((each) => valueInWords(each, number)).join(', ');
  return value === null ? 'none' : JSON.stringify(value);
}

/** `expiresInHours` as `Expires in hours`. */
function spaced(key: string): string {
  const words = key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
