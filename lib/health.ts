import { sql } from 'kysely';
import { z } from 'zod';
import { asCaller } from '#lib/db/as-member.ts';
import { asService } from '#lib/db/as-service.ts';
import { env } from '#lib/env.ts';
import { askRedis, configuredRedis } from '#lib/http/redis.ts';
import { log } from '#lib/log.ts';
import { listObjects } from '#lib/storage/objects.ts';

const checked = z.object({
  ok: z.boolean(),
  ms: z.int(),
  // For anyone to see: no address, no secret, no text of an unknown error.
  message: z.string().exactOptional().meta({ description: 'What is wrong.' }),
});
type Check = Readonly<z.infer<typeof checked>>;

/** How every part does that the product stands on. */
export const healthView = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']).meta({
      description: '`down` where nothing works without what failed; `degraded` where work is only late.',
    }),
    checks: z.object({
      database: checked,
      auth: checked,
      storage: checked,
      queue: checked,
      cache: checked,
    }),
  })
  .meta({ id: 'Health' });
export type Health = Readonly<z.infer<typeof healthView>>;

type Part = keyof typeof probes;

const TIMEOUT_MS = 3_000;

/** Each resolves where its part answers as it should. */
const probes = {
  database: () => asCaller(null, ({ db }) => sql`select from private.my_workspaces()`.execute(db)),
  auth: () => get(`${env().SUPABASE_URL}/auth/v1/health`, { apikey: env().SUPABASE_PUBLISHABLE_KEY }),
  storage: () => listObjects('health/'),
  queue: () => get(`${env().QSTASH_URL}/v2/schedules`, { authorization: `Bearer ${env().QSTASH_TOKEN}` }),
  cache: pingCache,
};

/** Without the queue's bell the sweeper still finds every job; without the limiter the sources alone wait. */
const needed: readonly Part[] = ['database', 'auth', 'storage'];

/** Asks every part the product stands on, all at once, none for longer than three seconds. */
export async function checkHealth(): Promise<Health> {
  const [database, auth, storage, queue, cache] = await Promise.all([
    check('database'),
    check('auth'),
    check('storage'),
    check('queue'),
    check('cache'),
  ]);
  const checks = { database, auth, storage, queue, cache };
  return { status: statusOf(checks), checks };
}

function statusOf(checks: Health['checks']): Health['status'] {
  if (needed.some((part) => !checks[part].ok)) return 'down';
  return Object.values(checks).every(({ ok }) => ok) ? 'ok' : 'degraded';
}

async function check(part: Part): Promise<Check> {
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error('it did not answer in time')), TIMEOUT_MS);
  try {
    await Promise.race([probes[part](), timeout.promise]);
    return { ok: true, ms: elapsed() };
  } catch (error) {
    log().warn({ error, part }, 'a health check failed');
    return { ok: false, ms: elapsed(), message: `The ${part} does not answer as it should; see the log.` };
  } finally {
    clearTimeout(timer);
  }
}

/** What keeps the limiter's log and the cache. */
async function pingCache(): Promise<void> {
  const redis = configuredRedis();
  if (redis) await askRedis(() => redis.ping());
  else await asService(({ db }) => sql`select from private.response_cache limit 1`.execute(db));
}

async function get(url: string, headers: Record<string, string>): Promise<void> {
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`it answered with ${response.status}`);
}
