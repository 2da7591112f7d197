import { listOf, listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { auditEntry, auditFilter, listAudit } from '#lib/workspaces/audit-log.ts';

const query = listQuery.extend(auditFilter.shape);

export const GET = route(
  {
    summary: 'List the audit trail',
    description: 'What was done in the workspace and by whom, latest first.',
    query,
    response: listOf(auditEntry),
    scope: 'write',
  },
  ({ session, query }) => listAudit(session, query),
);
