import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sweep } from '#lib/jobs/sweep.ts';
import { fast, type Ground, prepareGround } from './arrange.ts';
import { pagesJob } from './kinds.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround([pagesJob]);
});
afterAll(() => ground.close());
beforeEach(() => {
  ground.queue.faults.holdDeliveries = true;
});
afterEach(() => ground.admin.query('delete from public.jobs'));

const onePage = { pages: 1, pagesPerSlice: 1 };

/** A job of which nobody has heard, changed by an SQL assignment. */
async function jobWith(assignment: string): Promise<string> {
  const jobId = await ground.queueSilently(pagesJob, onePage);
  await ground.admin.query(`update public.jobs set ${assignment} where id = $1`, [jobId]);
  return jobId;
}

const leased = "status = 'running', lease_token = gen_random_uuid(), lease_until";

describe('the sweeper rings', () => {
  const cases: [string, string, number][] = [
    ['for a job that is overdue', "due_at = now() - interval '1 minute'", 1],
    ['not for one that is due just now, and has been rung for', 'due_at = now()', 0],
    ['not for one that is due later', "due_at = now() + interval '1 minute'", 0],
    ['for one whose lease has run out', `${leased} = now() - interval '1 second'`, 1],
    ['not for one whose worker is alive', `${leased} = now() + interval '1 minute'`, 0],
    ['not for one that it rang for just now', "due_at = now() - interval '1 minute', rung_at = now()", 0],
    ['not for one that has ended', "due_at = now() - interval '1 minute', status = 'failed'", 0],
  ];
  it.each(cases)('%s', async (_, assignment, rung) => {
    await jobWith(assignment);
    expect(await sweep(fast)).toMatchObject({ rung });
  });

  it('anew although the queue has the same message, which it may have lost', async () => {
    const jobId = await ground.start(pagesJob, onePage);
    await ground.admin.query("update public.jobs set due_at = now() - interval '1 minute'");
    await sweep(fast);
    const messages = ground.queue.messages().map(({ body }) => JSON.parse(String(body)));
    expect(messages.filter((message) => message.jobId === jobId)).toEqual([
      { jobId, seq: 0 },
      { jobId, seq: 0 },
    ]);
  });

  it('for one job once, whoever else sweeps at that moment', async () => {
    for (let n = 0; n < 5; n += 1) await jobWith("due_at = now() - interval '1 minute'");
    const swept = await Promise.all([sweep(fast), sweep(fast), sweep(fast)]);
    expect(swept.reduce((sum, { rung }) => sum + rung, 0)).toBe(5);
  });

  it('for all of many, twenty at a time', async () => {
    await ground.admin.query(
      `insert into public.jobs (workspace_id, kind, payload, payload_version, due_at)
       select $1, 'pages', '{}', 1, now() - interval '1 minute' from generate_series(1, 30)`,
      [ground.session.workspaceId],
    );
    expect([await sweep(fast), await sweep(fast), await sweep(fast)].map(({ rung }) => rung)).toEqual([
      20, 10, 0,
    ]);
  });
});

describe('the end of a slice', () => {
  it('rings for a job that was lost', async () => {
    const lost = await jobWith("due_at = now() - interval '1 minute'");
    const last = await ground.queueSilently(pagesJob, onePage);
    await ground.deliver({ jobId: last, seq: 0 });
    ground.queue.faults.holdDeliveries = false;
    expect(await ground.jobDone(lost)).toMatchObject({ status: 'completed' });
  });
});

describe('the sweeper removes', () => {
  const month = "completed_at = now() - interval '31 days'";
  const cases: [string, string, number][] = [
    ['a job completed more than 30 days ago', `status = 'completed', ${month}`, 1],
    ['one cancelled then', `status = 'cancelled', ${month}`, 1],
    ['no dead letter of this quarter', "status = 'failed', completed_at = now() - interval '89 days'", 0],
    ['an older one', "status = 'failed', completed_at = now() - interval '91 days'", 1],
    ['none of this month', "status = 'completed', completed_at = now() - interval '29 days'", 0],
  ];
  it.each(cases)('%s', async (_, assignment, removed) => {
    await jobWith(assignment);
    expect(await sweep(fast)).toMatchObject({ removed });
  });
});
