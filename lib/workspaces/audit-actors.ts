import { sql } from 'kysely';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';

/** Someone by whom the audit trail can be narrowed. */
export interface AuditActorChoice {
  readonly id: string;
  readonly kind: 'user' | 'api_key';
  /** A person's e-mail address, or a key's name. */
  readonly name: string;
}

/** The people of the workspace, then its keys, revoked ones too. */
export function listAuditActors(session: Session): Promise<AuditActorChoice[]> {
  return asMember(session, async ({ db }) => {
    const { rows } = await sql<AuditActorChoice>`
      select user_id as id, 'user' as kind, email as name from private.workspace_people()
      union all
      select id, 'api_key', name from public.api_keys
      order by kind desc, name, id
    `.execute(db);
    return rows;
  });
}
