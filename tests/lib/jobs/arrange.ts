import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Session } from '#lib/auth/session.ts';
import { asMember } from '#lib/db/as-member.ts';
import { env } from '#lib/env.ts';
import { ring } from '#lib/jobs/bell.ts';
import type { JobKind } from '#lib/jobs/contract.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { receive } from '#lib/jobs/receive.ts';
import type { JobKinds } from '#lib/jobs/registry.ts';
import type { Timings } from '#lib/jobs/timings.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { signUp } from '#tests/support/people.ts';
import { startPgbouncer } from '#tests/support/pgbouncer.ts';
import { sign } from '#tests/support/qstash/signature.ts';
import type { Receiver } from '#tests/support/receiver.ts';
import { type Stack, startStack } from '#tests/support/run-jobs.ts';

/** A thirtieth of the real times. */
export const fast: Timings = {
  leaseMs: 1_500,
  renewMs: 500,
  watchMs: 50,
  sliceMs: 8_000,
  backoffMs: 20,
  longestBackoffMs: 200,
  maxAttempts: 3,
  overdueMs: 500,
};

export interface Ground extends Stack {
  readonly database: TestDatabase;
  readonly admin: pg.Client;
  readonly session: Session;
  /** Queues a job and rings for it; gives its id. */
  start<Payload>(kind: JobKind<Payload, unknown>, payload: Payload): Promise<string>;
  /** Queues a job of which nobody hears. */
  queueSilently<Payload>(kind: JobKind<Payload, unknown>, payload: Payload): Promise<string>;
  /** Hands a message to a worker past the queue, as `delivery` makes it. */
  deliver(body: unknown, options?: Delivery): Promise<Response>;
  /** The numbers of the pages that a job has written, in order. */
  pagesOf(jobId: string): Promise<number[]>;
}

/**
 * A database with one owner, before a transaction-mode pooler where wished, a queue, and workers: in this process,
 * knowing `kinds`, or those of `receiver`. Where many messages come at once, leases have to be longer to be renewed.
 */
export async function prepareGround(
  kinds: readonly JobKind<unknown, unknown>[],
  options: { readonly pooled?: boolean; readonly receiver?: Receiver; readonly leaseMs?: number } = {},
): Promise<Ground> {
  const database = await createTestDatabase();
  const pooler = options.pooled ? await startPgbouncer(database) : undefined;
  const timings = { ...fast, leaseMs: options.leaseMs ?? fast.leaseMs };
  const workshop = { kinds: kindsOf(kinds), timings };
  const stack = await startStack({ ...database, ...pooler }, { workshop, ...options });
  const admin = new pg.Client(database.adminUrl);
  await admin.connect();
  const session = await signUp(admin);
  const queueSilently: Ground['queueSilently'] = (kind, payload) =>
    asMember(session, (tx) => enqueue(tx, session, kind, payload));
  return {
    ...stack,
    database,
    admin,
    session,
    queueSilently,
    async start(kind, payload) {
      const jobId = await queueSilently(kind, payload);
      await ring(jobId, 0);
      return jobId;
    },
    deliver: async (body, delivered) => receive(await delivery(body, delivered), workshop),
    async pagesOf(jobId) {
      const { rows } = await admin.query<{ page: number }>(
        `select (details->>'page')::int as page from public.audit_log
         where target_id = $1 and action = 'page.written' order by id`,
        [jobId],
      );
      return rows.map(({ page }) => page);
    },
    async close() {
      await stack.close();
      await pooler?.close();
      await admin.end();
      await database.drop();
    },
  };
}

export function kindsOf(kinds: readonly JobKind<unknown, unknown>[]): JobKinds {
  return async (name) => kinds.find(({ kind }) => kind === name);
}

/** What is unusual about a delivery. */
interface Delivery {
  readonly messageId?: string;
  readonly retried?: number;
  /** The address that the signature names. */
  readonly url?: string;
  readonly key?: string;
  readonly now?: number;
}

/** A request as the queue would send it, signed for APP_URL unless told otherwise. */
export async function delivery(body: unknown, options: Delivery = {}): Promise<Request> {
  const {
    messageId = randomUUID(),
    retried = 0,
    key = 'sig_current_of_the_tests',
    now = Date.now(),
  } = options;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = await sign(key, options.url ?? `${env().APP_URL}/api/jobs/run`, Buffer.from(text), now);
  return new Request('http://behind-a-proxy.internal/api/jobs/run', {
    method: 'POST',
    headers: {
      'upstash-signature': signature,
      'upstash-message-id': messageId,
      'upstash-retried': String(retried),
    },
    body: text,
  });
}
