import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#lib/auth/api-keys.ts';
import { closePools } from '#lib/db/pool.ts';
import { signLink } from '#lib/secrets/links.ts';
import { type Client, clientOf } from '#tests/api/client.ts';
import { type Belongings, furnish, serveCsv } from '#tests/api/furnish.ts';
import { startApplication, type TestApplication } from '#tests/support/application.ts';
import { signUp } from '#tests/support/people.ts';

let application: TestApplication;
let files: Awaited<ReturnType<typeof serveCsv>>;
let things: Belongings;
let nobody: Client;

beforeAll(async () => {
  application = await startApplication();
  const { key } = await createApiKey(await signUp(application.admin), { name: 'Writer', scope: 'write' });
  files = await serveCsv('code,title\n007,"Seven, of course"\n008,=1+1\n');
  things = await furnish(clientOf(application.url, key), 'shipped', files.url);
  nobody = clientOf(application.url);
});
afterAll(async () => {
  files?.server.close();
  await closePools();
  await application?.close();
});

const pathOf = (token: string) => `/api/downloads/${things.artifactId}?token=${token}`;
const tokenFor = (id: string, minutes: number) =>
  signLink({ purpose: 'download', id }, new Date(Date.now() + minutes * 60_000));

async function downloads(): Promise<number> {
  const { rows } = await application.admin.query(
    "select count(*)::int as count from public.audit_log where action = 'artifact.downloaded'",
  );
  return rows[0].count;
}

describe('the link to a file', () => {
  it('gives the file to whoever has it, as often as they ask, and each time is noted', async () => {
    const before = await downloads();
    const { pathname, search } = new URL(things.link);
    for (let time = 0; time < 2; time++) {
      const answer = await nobody('GET', pathname + search);
      expect(answer).toMatchObject({ status: 200, text: 'code,title\n007,"Seven, of course"\n008,\'=1+1\n' });
      expect(answer.headers.get('cache-control')).toContain('no-transform');
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=".+\.csv"$/);
    }
    expect(await downloads()).toBe(before + 2);
  });

  it('says so once it has expired', async () => {
    const answer = await nobody('GET', pathOf(tokenFor(things.artifactId, -1)));
    expect(answer).toMatchObject({ status: 410, json: { error: { code: 'link_expired' } } });
  });

  it.each<[string, () => string]>([
    ['no token', () => ''],
    ['the token of another file', () => tokenFor(crypto.randomUUID(), 60)],
    ['a later expiry written into its token', () => `9${tokenFor(things.artifactId, 60)}`],
  ])('gives nothing for %s', async (_, token) => {
    const before = await downloads();
    expect((await nobody('GET', pathOf(token()))).status).toBe(401);
    expect(await downloads()).toBe(before);
  });

  it('to a file that is gone finds nothing', async () => {
    const id = crypto.randomUUID();
    expect((await nobody('GET', `/api/downloads/${id}?token=${tokenFor(id, 60)}`)).status).toBe(404);
  });
});
