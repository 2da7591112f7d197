import { beforeAll, describe, expect, it } from 'vitest';
import { cronRoute } from '#lib/api/cron-route.ts';
import { queueRoute } from '#lib/api/queue-route.ts';
import type { Handler } from '#lib/api/respond.ts';
import { useEnvironment } from '#tests/support/environment.ts';

const CRON_SECRET = 'a secret of the schedule';

beforeAll(() => {
  const nowhere = 'postgresql://nobody@127.0.0.1:9/nothing';
  useEnvironment({ url: nowhere, serviceUrl: nowhere }, { CRON_SECRET });
});

const call = (handler: Handler, init: RequestInit) =>
  handler(new Request('http://localhost/api/x', init), { params: Promise.resolve({}) });

describe("the clock's route", () => {
  let runs = 0;
  const tick = cronRoute(async () => ({ runs: ++runs }));

  it('works for its secret', async () => {
    const response = await call(tick, { headers: { authorization: `Bearer ${CRON_SECRET}` } });
    expect(await response.json()).toEqual({ runs: 1 });
  });

  it.each(['', CRON_SECRET, `bearer ${CRON_SECRET}`, `Bearer ${CRON_SECRET} `.repeat(2), 'Bearer undefined'])(
    'does nothing for %j',
    async (authorization) => {
      const before = runs;
      expect((await call(tick, { headers: { authorization } })).status).toBe(401);
      expect(runs).toBe(before);
    },
  );
});

describe("the queue's route", () => {
  const receiver = queueRoute(async (request) =>
    Response.json({ body: await request.text(), signature: request.headers.get('upstash-signature') }),
  );

  it('hands on the raw body and the signature over it', async () => {
    const body = '{ "jobId" :\t"1" }';
    const response = await call(receiver, {
      method: 'POST',
      body,
      headers: { 'upstash-signature': 'signed' },
    });
    expect(await response.json()).toEqual({ body, signature: 'signed' });
  });

  it('refuses 5 MB before anyone checks their signature', async () => {
    const response = await call(receiver, { method: 'POST', body: 'x'.repeat(5_000_000) });
    expect(response.status).toBe(413);
  });
});
