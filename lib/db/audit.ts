import { sql } from 'kysely';
import type { Tx } from '#lib/db/transaction.ts';

/**
 * Notes a mutation in the audit trail of the acting workspace, in the transaction that makes it. `action` is
 * `noun.verbed`; who did it is stamped by the database. `details` hold no secret.
 */
export async function audit(
  { db }: Tx,
  action: `${string}.${string}`,
  targetId: string | null,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await sql`
    insert into public.audit_log (workspace_id, action, target_id, details)
    values (nullif(current_setting('entrepot.workspace_id', true), '')::uuid, ${action}, ${targetId},
      ${JSON.stringify(details)})
  `.execute(db);
}
