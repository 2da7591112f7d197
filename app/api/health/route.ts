import { openRoute } from '#lib/api/open-route.ts';
import { checkHealth } from '#lib/health.ts';

export const GET = openRoute({}, async () => {
  const health = await checkHealth();
  return Response.json(health, { status: health.status === 'down' ? 503 : 200 });
});
