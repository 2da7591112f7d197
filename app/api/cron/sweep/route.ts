import { cronRoute } from '#lib/api/cron-route.ts';
import { sweep } from '#lib/jobs/sweep.ts';

export const GET = cronRoute(() => sweep());
