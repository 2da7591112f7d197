import type { Env } from '#lib/env.ts';
import type { DatabaseAddresses } from './addresses.ts';
import type { LocalPorts } from './ports.ts';
import type { LocalSecrets } from './secrets.ts';

export type ApplicationEnvironment = ReturnType<typeof applicationEnvironment>;

/**
 * The application's variables, by the names of `lib/env.ts`: those too that must stay unset here, for a `.env`
 * made for a hosted installation may lie beside.
 */
export function applicationEnvironment(
  ports: LocalPorts,
  database: DatabaseAddresses,
  secrets: LocalSecrets,
) {
  return {
    APP_URL: `http://localhost:${ports.web}`,
    JOBS_URL: `http://localhost:${ports.jobs}`,
    DATABASE_URL: database.app,
    DATABASE_SERVICE_URL: database.service,
    DATABASE_SESSION_URL: database.app,
    DATABASE_POOL_SIZE: '12',
    SUPABASE_URL: `http://127.0.0.1:${ports.supabase}`,
    SUPABASE_PUBLISHABLE_KEY: secrets.publishableKey,
    SUPABASE_SECRET_KEY: secrets.secretKey,
    STORAGE_BUCKET: 'entrepot',
    ARTIFACT_S3_ENDPOINT: '',
    QSTASH_URL: `http://127.0.0.1:${ports.queue}`,
    QSTASH_TOKEN: secrets.queueToken,
    QSTASH_CURRENT_SIGNING_KEY: secrets.currentSigningKey,
    QSTASH_NEXT_SIGNING_KEY: secrets.nextSigningKey,
    SMTP_URL: `smtp://127.0.0.1:${ports.mail}`,
    MAIL_FROM: 'Entrepot <entrepot@localhost>',
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    CRON_SECRET: secrets.cronSecret,
    ALLOW_LOOPBACK_TARGETS: '1',
    LOOPBACK_DENIED_PORTS: Object.values(ports).join(','),
    NEXT_TELEMETRY_DISABLED: '1',
  } satisfies { [Name in keyof Env]?: string } & Record<string, string>;
}
