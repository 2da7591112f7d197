import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#lib/auth/api-keys.ts';
import { closePools } from '#lib/db/pool.ts';
import { type Client, clientOf } from '#tests/api/client.ts';
import { completed, datasetNamed, type Made, make, serveCsv, sourceInto } from '#tests/api/furnish.ts';
import { startApplication, type TestApplication } from '#tests/support/application.ts';
import { signUp } from '#tests/support/people.ts';

let application: TestApplication;
let files: Awaited<ReturnType<typeof serveCsv>>;
let editor: Client;
/** Knows nothing but the address. */
let caller: Client;
let address: string;

beforeAll(async () => {
  application = await startApplication();
  const { key } = await createApiKey(await signUp(application.admin), { name: 'Writer', scope: 'write' });
  editor = clientOf(application.url, key);
  caller = clientOf(application.url);
  files = await serveCsv('code,title\n007,Seven\n');
  await make(editor, '/api/datasets', datasetNamed('called'));
  const source = { ...sourceInto('called', files.url), syncFrequency: 'realtime' };
  const { id } = await make<Made>(editor, '/api/connectors/sources', source);
  const { url } = await make<{ url: string }>(editor, `/api/connectors/sources/${id}/webhook`, {});
  address = new URL(url).pathname;
});
afterAll(() => files?.server.close());

describe('the address of a webhook', () => {
  it('takes any body, and answers 202 with the run that it has started', async () => {
    const answer = await caller('POST', address, '<changed/>', { 'content-type': 'text/xml' });
    expect(answer).toMatchObject({ status: 202, json: { runs: [{ jobId: expect.any(String) }] } });
    const { runs } = answer.json as { runs: { jobId: string }[] };
    expect(await completed(editor, runs[0]?.jobId ?? '')).toMatchObject({ read: 1 });
    expect((await caller('POST', address)).status).toBe(202);
  });

  it.each([
    ['of another', (token: string) => token.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))],
    ['that is cut', (token: string) => token.slice(0, -1)],
    ['of no form', () => 'quickbooks'],
  ])('with the secret %s is none', async (_, changed) => {
    const wrong = address.replace(/[^/]+$/, changed);
    expect(await caller('POST', wrong)).toMatchObject({
      status: 404,
      json: { error: { code: 'not_found' } },
    });
  });

  it('takes no body of 5 MB', async () => {
    expect((await caller('POST', address, 'x'.repeat(5_000_000))).status).toBe(413);
  });

  it('is called 300 times a minute at most, without a Redis too', async () => {
    const { admin } = application;
    await admin.query(
      `insert into private.rate_limit_windows (limit_key, called_at, expires_at)
       select limit_key, now(), now() + interval '2 minutes' from private.rate_limit_windows, generate_series(1, 300)
       where limit_key like 'incoming:webhook:%' group by limit_key, generate_series`,
    );
    const answer = await caller('POST', address);
    expect(answer).toMatchObject({ status: 429, json: { error: { code: 'too_many_requests' } } });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  // Last, for it ends the application.
  it('is in no line of the log', async () => {
    await closePools();
    const lines = await application.close();
    expect(lines).toContain('/api/webhooks/…');
    expect(lines).not.toContain(address.split('/').at(-1));
  });
});
