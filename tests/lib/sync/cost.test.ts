import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { sourcePatch } from '#lib/sources/definition.ts';
import { listRuns } from '#lib/sources/runs.ts';
import { updateSource } from '#lib/sources/sources.ts';
import { startSync } from '#lib/sync/start.ts';
import { type Ground, newParts, type Parts, type PartsSource, prepareGround, sync } from './arrange.ts';

let ground: Ground;
let parts: Parts;
beforeAll(async () => {
  ground = await prepareGround();
  parts = await newParts(ground, 'sku', 'price');
});
afterAll(() => ground.close());

async function lastRun({ id }: Pick<PartsSource, 'id'>) {
  return (await listRuns(ground.session, id, { limit: 1 })).items[0];
}

/** A JSON API whose second page is at a path that nothing answers. */
function twoPages(): Promise<PartsSource> {
  const page = { items: [{ sku: 'a', price: '1' }], next: `${ground.source.url}/nowhere` };
  return parts.newSource(JSON.stringify(page), {
    sourceType: 'json',
    config: { rowsPath: 'items', pagination: { by: 'next', path: 'next' } },
  });
}

/** A file that another address leads to. */
async function redirected(): Promise<PartsSource> {
  ground.source.bodies.set('/there', 'sku,price\na,1\n');
  const source = await parts.newSource({ status: 302, headers: { location: '/there' } });
  ground.source.requests.length = 0;
  return source;
}

describe('a run counts the calls', () => {
  it('of a source that fails before its first page', async () => {
    const source = await parts.newSource({ status: 403, headers: {} });
    ground.source.requests.length = 0;
    expect(await sync(ground, source.id)).toMatchObject({ status: 'failed' });
    expect(ground.source.requests.length).toBeGreaterThan(0);
    const calls = ground.source.requests.length;
    expect(await lastRun(source)).toMatchObject({ status: 'failed', apiCalls: calls, wastedCalls: calls });
  });

  it('of one that fails after a page, each once', async () => {
    const source = await twoPages();
    ground.source.requests.length = 0;
    expect(await sync(ground, source.id)).toMatchObject({ status: 'failed' });
    expect(ground.source.requests).toHaveLength(2);
    expect(await lastRun(source)).toMatchObject({ apiCalls: 2, wastedCalls: 1 });
  });

  it('of one that its limits stop before it has brought a page, and waits', async () => {
    const source = await redirected();
    const rateLimits = [{ calls: 1, seconds: 3_600 }];
    await updateSource(ground.session, source.id, sourcePatch.parse({ rateLimits }));
    const { runs } = await startSync(ground.session, { sourceId: source.id, mode: 'full' });
    const jobId = runs[0]?.jobId ?? '';
    await expect.poll(() => lastRun(source)).toMatchObject({ apiCalls: 1 });
    expect(ground.source.requests.map(({ url }) => url)).not.toContain('/there');
    await cancelJob(ground.session, jobId);
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'cancelled' });
    expect(await lastRun(source)).toMatchObject({ apiCalls: 1 });
  });

  it('of one that is cancelled while it reads', async () => {
    const source = await parts.newSource(async function* endless() {
      yield 'sku,price\n';
      for (let n = 0; ; n += 1) {
        yield `${n},1\n`;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    ground.source.requests.length = 0;
    const { runs } = await startSync(ground.session, { sourceId: source.id, mode: 'full' });
    await expect.poll(() => ground.source.requests.length).toBe(1);
    const jobId = runs[0]?.jobId ?? '';
    await cancelJob(ground.session, jobId);
    expect(await ground.jobDone(jobId)).toMatchObject({ status: 'cancelled' });
    expect(await lastRun(source)).toMatchObject({ apiCalls: 1 });
  });
});
