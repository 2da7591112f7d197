import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { env } from '#lib/env.ts';
import { claim } from '#lib/jobs/claim.ts';
import { defineJob } from '#lib/jobs/contract.ts';
import { receive } from '#lib/jobs/receive.ts';
import { delivery, fast, type Ground, kindsOf, prepareGround } from './arrange.ts';

let runs = 0;
const counted = defineJob({
  kind: 'counted',
  payloadVersion: 1,
  payload: z.object({}),
  slice: async () => ({ outcome: 'done', result: { run: ++runs } }),
});
const newer = { ...counted, payloadVersion: 2 };
const workshop = { kinds: kindsOf([counted]), timings: fast };

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround([counted]);
});
afterAll(() => ground.close());
beforeEach(() => {
  runs = 0;
  ground.queue.faults.holdDeliveries = true;
});

describe('a message', () => {
  const appUrl = () => env().APP_URL;
  const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;
  const forgeries: [string, () => Parameters<typeof delivery>[1]][] = [
    ['signed with a key that is not ours', () => ({ key: 'sig_of_somebody_else' })],
    ['signed for another path', () => ({ url: `${appUrl()}/api/other` })],
    ['signed for another host', () => ({ url: 'http://behind-a-proxy.internal/api/jobs/run' })],
    ['whose signature has run out', () => ({ now: minutesAgo(6) })],
  ];
  it.each(forgeries)('%s is answered 401, and nothing runs', async (_, options) => {
    const jobId = await ground.queueSilently(counted, {});
    expect((await ground.deliver({ jobId, seq: 0 }, options())).status).toBe(401);
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'queued', version: '1' });
  });

  it('without a signature is answered 401', async () => {
    const request = new Request(`${appUrl()}/api/jobs/run`, { method: 'POST', body: '{}' });
    expect((await receive(request, workshop)).status).toBe(401);
  });

  it('whose body is not the one that was signed is answered 401', async () => {
    const jobId = await ground.queueSilently(counted, {});
    const { headers } = await delivery({ jobId: randomUUID(), seq: 0 });
    const request = new Request(appUrl(), {
      method: 'POST',
      headers,
      body: JSON.stringify({ jobId, seq: 0 }),
    });
    expect((await receive(request, workshop)).status).toBe(401);
    expect(runs).toBe(0);
  });

  it('signed with the next key is served', async () => {
    const jobId = await ground.queueSilently(counted, {});
    expect((await ground.deliver({ jobId, seq: 0 }, { key: 'sig_next_of_the_tests' })).status).toBe(200);
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'completed', result: { run: 1 } });
  });

  it('that is replayed is answered 200, and nothing is done', async () => {
    const jobId = await ground.queueSilently(counted, {});
    const request = await delivery({ jobId, seq: 0 });
    await receive(request.clone(), workshop);
    const before = await ground.jobRow(jobId);
    expect((await receive(request, workshop)).status).toBe(200);
    expect(await ground.jobRow(jobId)).toEqual(before);
  });

  it('of a job that is gone is answered 200', async () => {
    expect((await ground.deliver({ jobId: randomUUID(), seq: 0 })).status).toBe(200);
  });

  it.each(['not json', '{}', '{"jobId":"1","seq":0}'])('of %s is never to come again', async (body) => {
    const response = await ground.deliver(body);
    expect(response.status).toBe(489);
    expect(response.headers.get('upstash-nonretryable-error')).toBe('true');
  });

  it('that comes before its job is due is asked to come then', async () => {
    const jobId = await ground.queueSilently(counted, {});
    await ground.admin.query("update public.jobs set due_at = now() + interval '90 seconds' where id = $1", [
      jobId,
    ]);
    const response = await ground.deliver({ jobId, seq: 0 });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(80);
  });

  it('of an earlier turn rings the present one, whose own message may never have been sent', async () => {
    const jobId = await ground.queueSilently(counted, {});
    await ground.admin.query('update public.jobs set seq = 4 where id = $1', [jobId]);
    expect((await ground.deliver({ jobId, seq: 3 })).status).toBe(200);
    expect(runs).toBe(0);
    ground.queue.faults.holdDeliveries = false;
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'completed' });
  });
});

describe('a message for a job that another worker holds', () => {
  async function leased(leaseMs: number) {
    const jobId = await ground.queueSilently(counted, {});
    await claim({ jobId, seq: 0, messageId: 'first', retried: 0 }, leaseMs);
    return jobId;
  }

  it('is answered 200 and goes, where it is a different one', async () => {
    const jobId = await leased(60_000);
    expect((await ground.deliver({ jobId, seq: 0 }, { messageId: 'second' })).status).toBe(200);
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'running', attempts: 0 });
  });

  it('is answered 200 and goes, where it is the same one delivered twice at once', async () => {
    const jobId = await leased(60_000);
    expect((await ground.deliver({ jobId, seq: 0 }, { messageId: 'first' })).status).toBe(200);
    expect(runs).toBe(0);
  });

  it('takes it over at once, where it is the same one delivered again', async () => {
    const jobId = await leased(60_000);
    await ground.deliver({ jobId, seq: 0 }, { messageId: 'first', retried: 1 });
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'completed', attempts: 1 });
  });

  it('takes it over once the lease has run out', async () => {
    const jobId = await leased(1);
    await ground.deliver({ jobId, seq: 0 }, { messageId: 'second' });
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'completed' });
  });
});

describe('a job that this worker does not know', () => {
  it('by its payload version is put back for one that does, at the same turn', async () => {
    const jobId = await ground.queueSilently(newer, {});
    const response = await ground.deliver({ jobId, seq: 0 });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('30');
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'queued', seq: 0, attempts: 0, error: null });
  });

  it('by its kind is put back likewise', async () => {
    const jobId = await ground.queueSilently({ ...counted, kind: 'invented later' }, {});
    expect((await ground.deliver({ jobId, seq: 0 })).status).toBe(503);
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'queued' });
  });

  it('is cancelled at once when a person asks for that', async () => {
    const jobId = await ground.queueSilently(newer, {});
    await ground.admin.query('update public.jobs set cancel_requested_at = now() where id = $1', [jobId]);
    expect((await ground.deliver({ jobId, seq: 0 })).status).toBe(200);
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
  });

  it('is given up after a day', async () => {
    const jobId = await ground.queueSilently(newer, {});
    await ground.admin.query(
      "update public.jobs set created_at = now() - interval '25 hours' where id = $1",
      [jobId],
    );
    expect((await ground.deliver({ jobId, seq: 0 })).status).toBe(489);
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'failed', error: { code: 'invalid' } });
  });

  it('by the shape of its payload has failed', async () => {
    const strict = { ...counted, payload: z.object({ page: z.int() }) };
    const jobId = await ground.queueSilently(counted, {});
    const request = await delivery({ jobId, seq: 0 });
    expect((await receive(request, { kinds: kindsOf([strict]), timings: fast })).status).toBe(489);
    expect(await ground.jobRow(jobId)).toMatchObject({ status: 'failed', error: { code: 'invalid' } });
  });
});
