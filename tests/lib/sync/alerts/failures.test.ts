import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { sweep } from '#lib/jobs/sweep.ts';
import { getSource, updateSource } from '#lib/sources/sources.ts';
import { makeWebhook } from '#lib/sources/webhook.ts';
import { watchSource, watchSources } from '#lib/sync/alerts/watch.ts';
import { followUp } from '#lib/sync/follow-up.ts';
import { startSync } from '#lib/sync/start.ts';
import { sync } from '#tests/lib/sync/arrange.ts';
import { broken, type Ground, prepareGround, rows, subjects } from './arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground.close());

describe('a sync that fails', () => {
  it('is mailed to every owner who wants to know, with why, what to do, and where', async () => {
    const of = await ground.csv(broken);
    await ground.syncUntil(of, 'failed');
    expect(await ground.mailed(of)).toEqual({ [subjects.failed]: ground.told });
    expect(await getSource(ground.session, of.id)).toMatchObject({ health: 'failed', syncStatus: 'failed' });
    const text = ground.mailServer.mails.at(-1)?.email.text ?? '';
    const { syncError, healthReason } = await getSource(ground.session, of.id);
    expect(healthReason).toBe(syncError?.message);
    expect(text).toContain(syncError?.message);
    expect(text).toContain('What to do: ');
    expect(text).toMatch(/http:\/\/127\.0\.0\.1:\d+\/sources\//);
    expect(text).toContain(`/sources/${of.id}/settings`);
    expect(text).toContain('/settings/profile');
  });

  it('once more is not mailed again, and the first that succeeds is, once', async () => {
    const of = await ground.csv(broken);
    await ground.syncUntil(of, 'failed');
    await ground.syncUntil(of, 'failed');
    expect(await ground.mailed(of)).toEqual({ [subjects.failed]: ground.told });
    of.serve(rows(1));
    await ground.syncUntil(of, 'ok');
    await ground.syncUntil(of, 'ok');
    await watchSources();
    expect(await ground.mailed(of)).toEqual({
      [subjects.failed]: ground.told,
      [subjects.recovered]: ground.told,
    });
    expect(await ground.healthOf(of)).toBe('ok');
  });

  it('as a dry run, or was stopped by a person, says nothing of its source', async () => {
    const of = await ground.csv(broken);
    const { runs } = await startSync(ground.session, { sourceId: of.id, mode: 'full', dryRun: true });
    await ground.jobDone(runs[0]?.jobId ?? '');
    ground.queue.faults.holdDeliveries = true;
    const held = await startSync(ground.session, { sourceId: of.id, mode: 'full' });
    await cancelJob(ground.session, held.runs[0]?.jobId ?? '');
    ground.queue.faults.holdDeliveries = false;
    await ground.jobDone(held.runs[0]?.jobId ?? '');
    await watchSources();
    expect(await ground.mailed(of)).toEqual({});
    expect(await ground.healthOf(of)).toBe('ok');
  });

  it('is noticed although the source has called for another, which begins at once', async () => {
    const of = await ground.csv();
    await updateSource(ground.session, of.id, { syncFrequency: 'realtime' });
    await makeWebhook(ground.session, of.id);
    await ground.admin.query('update source_webhooks set pending_at = now() where source_id = $1', [of.id]);
    await ground.write(of, `sync_status = 'failed', sync_error = '{"code":"internal","message":"No."}'`);
    await followUp({ sourceId: of.id });
    expect(await ground.healthOf(of)).toBe('failed');
    while ((await getSource(ground.session, of.id)).syncStatus !== 'completed') await sleep(20);
  });

  it('ends all the same while the mail server is down, and is mailed once that is up', async () => {
    const of = await ground.csv(broken);
    ground.mailServer.refuses = true;
    expect(await sync(ground, of.id)).toMatchObject({ status: 'failed', error: { code: 'REQUEST_REFUSED' } });
    await ground.syncUntil(of, 'failed');
    const jobs = await ground.alertJobs(of);
    for (const { id } of jobs)
      await ground.jobUntil(id, ({ seq, status }) => seq === 1 && status === 'queued');
    expect(await ground.alertJobs(of)).toMatchObject([{ due: false }, { due: false }]);
    ground.mailServer.refuses = false;
    await ground.admin.query(`update jobs set due_at = now() - interval '1 minute' where id = any ($1)`, [
      jobs.map(({ id }) => id),
    ]);
    await sweep();
    expect(await ground.mailed(of)).toEqual({ [subjects.failed]: ground.told });
  });

  it('is mailed no more after a day without a mail server', async () => {
    const of = await ground.csv(broken);
    ground.queue.faults.holdDeliveries = true;
    await ground.write(of, `sync_status = 'failed', sync_error = '{"code":"internal","message":"No."}'`);
    await watchSource(of.id);
    await ground.admin.query(
      `update jobs set payload = payload || '{"at":"2020-01-01T00:00:00Z"}', attempts = 7
       where payload ->> 'sourceId' = $1`,
      [of.id],
    );
    ground.mailServer.refuses = true;
    ground.queue.faults.holdDeliveries = false;
    for (const { id } of await ground.alertJobs(of)) {
      expect(await ground.jobDone(id)).toMatchObject({ status: 'failed', error: { code: 'unavailable' } });
    }
    ground.mailServer.refuses = false;
  });
});
