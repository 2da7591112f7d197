import { createHash, timingSafeEqual } from 'node:crypto';
import { env } from '#lib/env.ts';

/** Whether the request carries the cron secret; takes as long whatever is wrong with it. */
export function carriesCronSecret(request: Request): boolean {
  const given = request.headers.get('authorization') ?? '';
  return timingSafeEqual(digest(given), digest(`Bearer ${env().CRON_SECRET}`));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
