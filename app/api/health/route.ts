import { openRoute } from '#lib/api/open-route.ts';
import { checkHealth, healthView } from '#lib/health.ts';

export const GET = openRoute(
  {
    summary: 'Check the service',
    description: 'Answers with status 503 and the same body where a part is down that nothing works without.',
    response: healthView,
  },
  async () => {
    const health = await checkHealth();
    return Response.json(health, { status: health.status === 'down' ? 503 : 200 });
  },
);
