import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#lib/auth/api-keys.ts';
import { closePools } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { type Answer, type Client, clientOf } from '#tests/api/client.ts';
import {
  completed,
  datasetNamed,
  type Made,
  make,
  serveCsv,
  sourceInto,
  startSync,
} from '#tests/api/furnish.ts';
import { startApplication, type TestApplication } from '#tests/support/application.ts';
import { signUp } from '#tests/support/people.ts';
import { sign } from '#tests/support/qstash/signature.ts';

let application: TestApplication;
let client: Client;
let files: Awaited<ReturnType<typeof serveCsv>>;
/** A job that has completed. */
let jobId: string;

beforeAll(async () => {
  application = await startApplication();
  const { key } = await createApiKey(await signUp(application.admin), { name: 'Writer', scope: 'write' });
  client = clientOf(application.url, key);
  files = await serveCsv('code,title\n007,Seven\n');
  await make(client, '/api/datasets', datasetNamed('counted'));
  const source = await make<Made>(client, '/api/connectors/sources', sourceInto('counted', files.url));
  jobId = (await startSync(client, source.id)).jobId;
  await completed(client, jobId);
});
afterAll(async () => {
  files?.server.close();
  await closePools();
  await application?.close();
});

interface Message {
  readonly body?: string;
  readonly signedBody?: string;
  readonly key?: string;
  readonly path?: string;
  readonly at?: number;
}

/** Sends a message as the queue would, but for what is said of it. */
async function deliver(message: Message): Promise<Answer> {
  const { APP_URL, QSTASH_CURRENT_SIGNING_KEY } = env();
  const {
    body = JSON.stringify({ jobId, seq: 0 }),
    key = QSTASH_CURRENT_SIGNING_KEY,
    at = Date.now(),
  } = message;
  const signed = Buffer.from(message.signedBody ?? body);
  const signature = await sign(key, APP_URL + (message.path ?? '/api/jobs/run'), signed, at);
  return clientOf(application.url)('POST', '/api/jobs/run', body, {
    'upstash-signature': signature,
    'upstash-message-id': `msg_${crypto.randomUUID()}`,
  });
}

/** Everything that a message could have changed. */
async function state(): Promise<unknown> {
  const { rows } = await application.admin.query(
    `select (select to_jsonb(j) from public.jobs j where id = $1) as job,
       (select jsonb_agg(d.revision) from public.datasets d) as revisions,
       (select count(*) from public.jobs) as jobs`,
    [jobId],
  );
  return rows[0];
}

describe('a message that the queue did not send here', () => {
  it.each<[string, () => Message]>([
    ['signed with another key', () => ({ key: 'sig_of_somebody_else' })],
    ['whose body was changed', () => ({ signedBody: JSON.stringify({ jobId, seq: 1 }) })],
    ['for another address', () => ({ path: '/api/cron/sweep' })],
    ['of ten minutes ago', () => ({ at: Date.now() - 600_000 })],
  ])('%s is refused and changes nothing', async (_, message) => {
    const before = await state();
    expect(await deliver(message())).toMatchObject({
      status: 401,
      json: { error: { code: 'unauthenticated' } },
    });
    expect(await state()).toEqual(before);
  });

  it('without a signature is refused', async () => {
    const answer = await clientOf(application.url)('POST', '/api/jobs/run', { jobId, seq: 0 });
    expect(answer.status).toBe(401);
  });
});

it('a message that comes again after its work was done is taken and changes nothing', async () => {
  const before = await state();
  expect((await deliver({})).status).toBe(200);
  expect((await deliver({ key: env().QSTASH_NEXT_SIGNING_KEY })).status).toBe(200);
  expect(await state()).toEqual(before);
});
