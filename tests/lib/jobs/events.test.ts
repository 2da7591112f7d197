import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobEvents } from '#lib/jobs/events.ts';
import { signUp } from '#tests/support/people.ts';
import { type Ground, prepareGround } from './arrange.ts';
import { pagesJob } from './kinds.ts';

const timings = { lookMs: 20, commentMs: 100, closeMs: 400 };

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround([pagesJob]);
  ground.queue.faults.holdDeliveries = true;
});
afterAll(() => ground.close());

interface Follow {
  readonly lastEventId?: string;
  readonly signal?: AbortSignal;
}

/** The whole stream as text, once it has closed. */
async function follow(jobId: string, { lastEventId, signal = new AbortController().signal }: Follow = {}) {
  const stream = await jobEvents(ground.session, jobId, {
    lastEventId: lastEventId ?? null,
    signal,
    timings,
  });
  return new Response(stream).text();
}

/** Name, id and status of each event of a stream. */
function eventsIn(text: string): [string, number, string][] {
  const events = text.matchAll(/^event: (\w+)\nid: (\d+)\ndata: (.*)\n\n/gm);
  return [...events].map(([, name = '', id, data = '']) => [name, Number(id), JSON.parse(data).status]);
}

async function jobWith(assignment: string): Promise<string> {
  const jobId = await ground.queueSilently(pagesJob, { pages: 1, pagesPerSlice: 1 });
  await change(jobId, assignment);
  return jobId;
}

const change = (jobId: string, assignment: string) =>
  ground.admin.query(`update public.jobs set ${assignment} where id = $1`, [jobId]);

const leased = "status = 'running', lease_token = gen_random_uuid()";
const freed = 'lease_token = null';

describe("a job's events", () => {
  const states: [string, string, string][] = [
    ['sync_progress', 'while it works', leased],
    ['notification', 'when a try has failed and another is to come', "error = '{}'"],
    ['sync_completed', 'when it is done', "status = 'completed'"],
    ['sync_error', 'when it has failed', "status = 'failed', error = '{}'"],
    ['sync_error', 'when it was cancelled', "status = 'cancelled', error = '{}'"],
  ];
  it.each(states)('say %s %s', async (name, _, assignment) => {
    expect(eventsIn(await follow(await jobWith(assignment)))).toMatchObject([[name, 2, expect.anything()]]);
  });

  it('begin with the present state, follow each change, and close with the end', async () => {
    const jobId = await jobWith(leased);
    const text = follow(jobId);
    await new Promise((resolve) => setTimeout(resolve, 100));
    await change(jobId, `status = 'completed', ${freed}`);
    expect(eventsIn(await text)).toEqual([
      ['sync_progress', 2, 'running'],
      ['sync_completed', 3, 'completed'],
    ]);
  });

  it('are not told twice to someone who comes back, who hears what changed meanwhile at once', async () => {
    const jobId = await jobWith(leased);
    expect(eventsIn(await follow(jobId, { lastEventId: '2' }))).toEqual([]);
    await change(jobId, `progress = '{"itemsProcessed": 7}'`);
    expect(eventsIn(await follow(jobId, { lastEventId: '2' }))).toEqual([['sync_progress', 3, 'running']]);
  });

  it('carry the whole job, ask to be called again after three seconds, and keep the line open', async () => {
    const text = await follow(await jobWith(leased));
    expect(text.startsWith('retry: 3000\n\n')).toBe(true);
    expect(text).toContain(': still here\n\n');
    expect(text).toContain('"kind":"pages"');
  });

  it('stop when the caller has gone', async () => {
    const caller = new AbortController();
    const text = follow(await jobWith(leased), { signal: caller.signal });
    caller.abort();
    expect(eventsIn(await text)).toHaveLength(1);
  });

  it("of another workspace's job are not found", async () => {
    const stranger = await signUp(ground.admin);
    const { signal } = new AbortController();
    const stream = jobEvents(stranger, await jobWith(leased), { signal });
    await expect(stream).rejects.toMatchObject({ code: 'not_found' });
  });
});
