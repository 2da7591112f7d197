import { listQuery } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { auditFilter, listAudit } from '#lib/workspaces/audit-log.ts';

const query = listQuery.extend(auditFilter.shape);

export const GET = route({ query }, ({ session, query }) => listAudit(session, query));
