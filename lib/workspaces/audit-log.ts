import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { keysetPage, type ListPage, type ListQuery } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transaction.ts';

/** A line of the audit trail as the API shows it. Times are ISO 8601 in UTC. */
export const auditEntry = z
  .object({
    id: z.string(),
    createdAt: z.iso.datetime(),
    action: z.string().meta({ description: '`noun.verbed`, such as `source.created`.' }),
    actor: z
      .object({
        kind: z.enum(['user', 'api_key', 'job', 'system']),
        id: z.guid().nullable(),
        name: z.string().nullable(),
      })
      .meta({ description: 'Who did it; named by a person’s address, a key’s name or a job’s kind.' }),
    userId: z.guid().nullable().meta({ description: 'The person behind the actor.' }),
    targetId: z.guid().nullable(),
    targetName: z.string().nullable().meta({
      description: 'What the target is called now; null where it has no name or is gone.',
    }),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = Readonly<z.infer<typeof auditEntry>>;

const instant = z.iso.datetime({ offset: true });

/** Which lines are shown: those that pass all of it. */
export const auditFilter = z.strictObject({
  action: z.string().min(1).optional(),
  actorId: z.guid().optional().meta({
    description: 'A key or a job; a person stands for their keys and jobs too.',
  }),
  targetId: z.guid().optional(),
  from: instant.optional(),
  to: instant.optional().meta({ description: 'Not included.' }),
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
  when 'webhook' then (select s.display_name from public.external_data_sources s where s.id = target_id)
  when 'export' then (select e.name from public.exports e where e.id = target_id)
  when 'template' then (select t.name from public.export_templates t where t.id = target_id)
  when 'artifact' then (select a.file_name from public.artifacts a where a.id = target_id)
  when 'upload' then (select u.file_name from public.uploads u where u.id = target_id)
  when 'dataset' then (select d.label from public.datasets d where d.id = target_id)
  when 'api_key' then (select k.name from public.api_keys k where k.id = target_id)
  when 'job' then (
    select coalesce(
      (select s.display_name from public.external_data_sources s where s.id::text = j.payload ->> 'sourceId'),
      (select e.name from public.exports e where e.id::text = j.payload ->> 'exportId'),
      j.kind)
    from public.jobs j where j.id = target_id)
  when 'workspace' then (select w.name from public.workspaces w where w.id = target_id)
  when 'member' then ${emailOf(sql`target_id`)}
  when 'exports' then ${emailOf(sql`target_id`)}
end`;
