import { idParams } from '#lib/api/params.ts';
import { route } from '#lib/api/route.ts';
import { getQuota, quotaView } from '#lib/sources/quota.ts';

export const GET = route(
  {
    summary: 'Get the quota of a source',
    description: 'What is used now of each window of its provider’s limits and of its own. It is not called.',
    params: idParams,
    response: quotaView,
    errors: ['unavailable'],
  },
  ({ session, params }) => getQuota(session, params.id),
);
