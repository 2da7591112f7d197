import { queueRoute } from '#lib/api/queue-route.ts';
import { receive } from '#lib/jobs/receive.ts';

/** Longer than SLICE_SECONDS, so that it is the slice that ends. */
export const maxDuration = 300;

export const POST = queueRoute((request) => receive(request));
