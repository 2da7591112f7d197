import { z } from 'zod';

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });
const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');
const address = z.url().transform((url) => url.replace(/\/+$/, ''));
const ports = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter(Boolean).map(Number));

const variables = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** The fixed public address, with which links begin. */
  APP_URL: address,
  /** Where the queue delivers: the same application at another address, so that jobs slow no page; APP_URL where absent. */
  JOBS_URL: address.optional(),

  DATABASE_URL: postgresUrl,
  /** A login that may become `service_role`; the same as DATABASE_URL where absent. */
  DATABASE_SERVICE_URL: postgresUrl.optional(),
  /** A session-mode address for long exports; DATABASE_URL where absent. */
  DATABASE_SESSION_URL: postgresUrl.optional(),
  /** How many connections one instance may hold in all. */
  DATABASE_POOL_SIZE: z.coerce.number().int().min(4).max(100).default(4),

  SUPABASE_URL: z.url(),
  SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
  SUPABASE_SECRET_KEY: z.string().min(1),

  /** Where objects are kept: a bucket of Supabase Storage, unless the ARTIFACT_S3_ variables name another. */
  STORAGE_BUCKET: z.string().min(1).default('entrepot'),
  ARTIFACT_S3_ENDPOINT: z.url().optional(),
  ARTIFACT_S3_REGION: z.string().default('us-east-1'),
  ARTIFACT_S3_ACCESS_KEY_ID: z.string().optional(),
  ARTIFACT_S3_SECRET_ACCESS_KEY: z.string().optional(),

  QSTASH_URL: z.url().default('https://qstash.upstash.io'),
  QSTASH_TOKEN: z.string().min(1),
  QSTASH_CURRENT_SIGNING_KEY: z.string().min(1),
  QSTASH_NEXT_SIGNING_KEY: z.string().min(1),

  /** A Redis that keeps the calls made and the cache, reached by REST; both lie in Postgres without it. */
  UPSTASH_REDIS_REST_URL: z.url({ protocol: /^https?$/ }).optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().min(1).optional(),

  /** Where mails are handed in: `smtps://user:password@host:465`, or `smtp://…:587` with STARTTLS. None without it. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** Whom mails are from: `Name <address>`. */
  MAIL_FROM: z.string().regex(/.@./).default('Entrepot <no-reply@localhost>'),

  /** `id:base64,…`, 32 bytes each; the first encrypts, all decrypt. */
  ENCRYPTION_KEYS: z.string().min(1),
  CRON_SECRET: z.string().min(16),

  /** How long one slice of a job may work, in seconds; below the function's longest duration. */
  SLICE_SECONDS: z.coerce.number().int().min(2).max(1_800).default(240),
  /** The local profile's sources lie on this machine: `1` lets outbound calls reach loopback. */
  ALLOW_LOOPBACK_TARGETS: flag,
  /** Loopback ports that stay refused even then: those of our own servers. */
  LOOPBACK_DENIED_PORTS: ports,
});

const schema = variables.refine(
  (set) => (set.UPSTASH_REDIS_REST_URL === undefined) === (set.UPSTASH_REDIS_REST_TOKEN === undefined),
  { path: ['UPSTASH_REDIS_REST_URL'], error: 'is set together with UPSTASH_REDIS_REST_TOKEN, or neither is' },
);

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/**
 * The environment, parsed once and lazily, so that a build needs none of it. Throws with the names of all
 * variables that are missing or malformed, and never with a value.
 */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

function parseEnv(source: NodeJS.ProcessEnv): Env {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(filled);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is incomplete (see .env.example):\n  ${problems.join('\n  ')}`);
  }
  refuseQueueDevMode(source);
  return result.data;
}

/** With QSTASH_DEV set, the queue's SDK would accept messages that are signed with a public key. */
function refuseQueueDevMode(source: NodeJS.ProcessEnv): void {
  if (source.QSTASH_DEV) throw new Error('Unset QSTASH_DEV: it makes the queue accept forged messages.');
}
