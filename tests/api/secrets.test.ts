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

/** What a vendor gave our user, in every place where credentials can be put. */
const right = 'right-c4d2a9f0';
const wrong = 'wrong-77e1b3c8';
const credentialsWith = (secret: string) => [
  { bearer: secret },
  { apiKey: { header: 'x-key', value: secret } },
  { apiKey: { query: 'key', value: secret } },
  { basic: { user: 'someone', password: secret } },
  { headers: { 'x-key': secret } },
  // Not as they should be: the refusal must not repeat them.
  { bearer: secret, unknown: secret },
  { headers: { 'x-key': `${secret}\r\nx-other: 1` } },
  secret,
];

let application: TestApplication;
let files: Awaited<ReturnType<typeof serveCsv>>;
let key: string;
let client: Client;
let sourceId: string;
const answers: Answer[] = [];

beforeAll(async () => {
  application = await startApplication();
  key = (await createApiKey(await signUp(application.admin), { name: 'Writer', scope: 'write' })).key;
  const plain = clientOf(application.url, key);
  client = async (...call) => {
    const answer = await plain(...call);
    answers.push(answer);
    return answer;
  };
  files = await serveCsv('code,title\n007,Seven\n', (headers) => headers['x-key'] === right);
});
afterAll(() => files?.server.close());

describe('what was entered as a secret', () => {
  it('reaches the vendor, and is checked, previewed, stored and used', async () => {
    const config = { url: files.url };
    for (const secret of [right, wrong]) {
      for (const credentials of credentialsWith(secret)) {
        await client('POST', '/api/connectors/csv/check', { config, credentials });
        await client('POST', '/api/connectors/csv/preview', { config, credentials });
      }
    }
    await make(client, '/api/datasets', datasetNamed('guarded'));
    const source = { ...sourceInto('guarded', files.url), credentials: { headers: { 'x-key': right } } };
    sourceId = (await make<Made>(client, '/api/connectors/sources', source)).id;
    const { json } = await client('GET', `/api/connectors/sources/${sourceId}`);
    expect(json).toMatchObject({ credentialsSet: true });
    const { jobId } = await startSync(client, sourceId);
    expect(await completed(client, jobId)).toMatchObject({ read: 1, inserted: 1 });
  });

  it('fails a sync by its own name only, when the vendor no longer takes it', async () => {
    const path = `/api/connectors/sources/${sourceId}`;
    expect((await client('PATCH', path, { credentials: { bearer: wrong } })).status).toBe(200);
    const { jobId } = await startSync(client, sourceId);
    await expect(completed(client, jobId)).rejects.toThrow('AUTH_FAILED');
  });

  it('comes back in no answer', () => {
    expect(answers.length).toBeGreaterThan(30);
    for (const { text } of answers) {
      for (const secret of [right, wrong, key]) expect(text).not.toContain(secret);
    }
  });

  it('is legible nowhere in the database', async () => {
    const tables = await application.admin.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('public', 'private', 'data') and table_type = 'BASE TABLE'`,
    );
    expect(tables.rows.length).toBeGreaterThan(20);
    for (const { name } of tables.rows) {
      const dump = await application.admin.query(
        `select coalesce(string_agg(t::text, ' '), '') as rows from ${name} t`,
      );
      const hex = (secret: string) => Buffer.from(secret).toString('hex');
      for (const secret of [right, wrong, key]) {
        expect(dump.rows[0].rows, name).not.toContain(secret);
        expect(dump.rows[0].rows, name).not.toContain(hex(secret));
      }
    }
  });

  it('is in no line of the log, nor is any key of our own', async () => {
    const { CRON_SECRET, ENCRYPTION_KEYS, QSTASH_TOKEN, SUPABASE_SECRET_KEY } = env();
    await client('GET', '/api/external/sync', undefined, { authorization: `Bearer ${CRON_SECRET}` });
    await client('GET', `/api/downloads/${crypto.randomUUID()}?token=${right}`);
    await closePools();
    const lines = await application.close();
    expect(lines.split('\n').length).toBeGreaterThan(30);
    expect(lines).toContain('answered');
    const ours = [key, CRON_SECRET, ENCRYPTION_KEYS, QSTASH_TOKEN, SUPABASE_SECRET_KEY];
    for (const secret of [right, wrong, ...ours]) expect(lines).not.toContain(secret);
  });
});
