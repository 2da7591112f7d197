import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';

/** Who did something. The name is a person's e-mail address, a key's name or a job's kind, while there is one. */
interface AuditActor {
  readonly kind: 'user' | 'api_key' | 'job' | 'system';
  readonly id: string | null;
  readonly name: string | null;
}

/** A line of the audit trail as the API shows it. Times are ISO 8601 in UTC. */
export interface AuditEntry {
  readonly id: string;
  readonly createdAt: string;
  /** `noun.verbed`, such as `source.created`. */
  readonly action: string;
  readonly actor: AuditActor;
  /** The person behind the actor. */
  readonly userId: string | null;
  readonly targetId: string | null;
  /** What the target is called now; null where it has no name or is gone. */
  readonly targetName: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

const instant = z.iso.datetime({ offset: true });

/** Which lines are shown: those that pass all of it. */
export const auditFilter = z.strictObject({
  action: z.string().min(1).optional(),
  /** A key or a job; a person stands for their keys and jobs too. */
  actorId: z.guid().optional(),
  targetId: z.guid().optional(),
  from: instant.optional(),
  /** Not included. */
  to: instant.optional(),
});
type AuditFilter = z.output<typeof auditFilter>;

/** What was done in the workspace, latest first; needs editor. */
export async function listAudit(
  session: Session,
  { limit, cursor, ...filter }: AuditFilter & ListQuery,
): Promise<ListPage<AuditEntry>> {
  requireRole(session, 'editor');
  return asMember(session, (tx) =>
    keysetPage(selectEntries(tx, session.workspaceId, filter), { limit, cursor }, 'desc'),
  );
}

function selectEntries({ db }: Tx, workspaceId: string, filter: AuditFilter) {
  const { action, actorId, targetId, from, to } = filter;
  let log = db
    .selectFrom('audit_log')
    .select(['id', 'at as created_at', 'action', 'actor_kind', 'actor_id', 'user_id', 'target_id', 'details'])
    .where('workspace_id', '=', workspaceId);
  if (action) log = log.where('action', '=', action);
  if (actorId) log = log.where((is) => is.or([is('actor_id', '=', actorId), is('user_id', '=', actorId)]));
  if (targetId) log = log.where('target_id', '=', targetId);
  if (from) log = log.where('at', '>=', from);
  if (to) log = log.where('at', '<', to);
  return db
    .selectFrom(log.as('entry'))
    .select(['id', 'created_at as createdAt', 'action', 'details'])
    .select(['user_id as userId', 'target_id as targetId'])
    .select([actor.as('actor'), targetName.as('targetName')])
    .$castTo<AuditEntry>();
}

const emailOf = (userId: RawBuilder<unknown>) =>
  sql`(select email from private.workspace_people() where user_id = ${userId})`;

const actor = sql`jsonb_build_object('kind', actor_kind, 'id', actor_id, 'name', case actor_kind
  when 'user' then ${emailOf(sql`actor_id`)}
  when 'api_key' then (select k.name from public.api_keys k where k.id = actor_id)
  when 'job' then (select j.kind from public.jobs j where j.id = actor_id)
end)`;

/** The noun of an action says in which table its target is. */
const targetName = sql`case split_part(action, '.', 1)
  when 'source' then (select s.display_name from public.external_data_sources s where s.id = target_id)
  when 'sync' then (select s.display_name from public.external_data_sources s where s.id = target_id)
  when 'export' then (select e.name from public.exports e where e.id = target_id)
  when 'artifact' then (select a.file_name from public.artifacts a where a.id = target_id)
  when 'upload' then (select u.file_name from public.uploads u where u.id = target_id)
  when 'dataset' then (select d.label from public.datasets d where d.id = target_id)
  when 'api_key' then (select k.name from public.api_keys k where k.id = target_id)
  when 'job' then (select j.kind from public.jobs j where j.id = target_id)
  when 'member' then ${emailOf(sql`target_id`)}
end`;
