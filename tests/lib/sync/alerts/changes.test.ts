import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claim } from '#lib/jobs/claim.ts';
import { getSource, updateSource } from '#lib/sources/sources.ts';
import { mailOverdue } from '#lib/sync/alerts/overdue.ts';
import { watchSource, watchSources } from '#lib/sync/alerts/watch.ts';
import { startSync } from '#lib/sync/start.ts';
import { saveProfile } from '#lib/workspaces/profile.ts';
import { sync } from '#tests/lib/sync/arrange.ts';
import { type Ground, prepareGround, rows, subjects } from './arrange.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});
afterAll(() => ground.close());

describe('a change', () => {
  it('that several sweeps find at once is mailed once', async () => {
    const of = await ground.fallenSilent();
    await Promise.all([watchSources(), watchSources(), watchSource(of.id), watchSource(of.id)]);
    await watchSources();
    expect(await ground.mailed(of)).toEqual({ [subjects.silent]: ground.told });
  });

  it('whose worker dies before it has mailed is mailed by the next', async () => {
    const of = await ground.fallenSilent();
    ground.queue.faults.holdDeliveries = true;
    await watchSource(of.id);
    const jobs = await ground.alertJobs(of);
    for (const { id } of jobs) {
      const message = { jobId: id, seq: 0, messageId: 'of the worker that died', retried: 0 };
      expect(await claim(message, 1)).toMatchObject({ outcome: 'claimed' });
    }
    ground.queue.faults.holdDeliveries = false;
    expect(await ground.mailed(of)).toEqual({ [subjects.silent]: ground.told });
  });

  it('is mailed by the sweep where the queue stands still, once', async () => {
    const of = await ground.fallenSilent();
    ground.queue.faults.api = 'refusing';
    await watchSources();
    await ground.admin.query(
      `update jobs set due_at = now() - interval '3 minutes' where payload ->> 'sourceId' = $1`,
      [of.id],
    );
    await Promise.all([mailOverdue(), mailOverdue()]);
    expect(await ground.mailed(of)).toEqual({ [subjects.silent]: ground.told });
    expect(await mailOverdue()).toBe(0);
    ground.queue.faults.api = 'up';
  });

  it('is kept where its mails could not be queued, for neither is without the other', async () => {
    const of = await ground.fallenSilent();
    await ground.admin.query(`alter table jobs add constraint no_alerts check (kind <> 'alert') not valid`);
    expect(await watchSource(of.id)).toBe(false);
    expect(await ground.healthOf(of)).toBe('ok');
    await ground.admin.query('alter table jobs drop constraint no_alerts');
    expect(await watchSource(of.id)).toBe(true);
    expect(await ground.mailed(of)).toEqual({ [subjects.silent]: ground.told });
  });

  it('is not mailed to who has left, or wants no mails, by then', async () => {
    const of = await ground.fallenSilent();
    ground.queue.faults.holdDeliveries = true;
    await watchSource(of.id);
    await saveProfile(ground.session, { displayName: null, timeZone: null, alertMails: false });
    ground.queue.faults.holdDeliveries = false;
    const others = ground.told.filter((address) => !address.startsWith(ground.session.userId));
    expect(await ground.mailed(of)).toEqual({ [subjects.silent]: others });
    await saveProfile(ground.session, { displayName: null, timeZone: null, alertMails: true });
  });

  it('of a source whose mails are off is mailed to nobody, and the next one after they are on again is', async () => {
    const quiet = await ground.fallenSilent();
    await updateSource(ground.session, quiet.id, { alertMails: false });
    await watchSources();
    expect([await ground.healthOf(quiet), await ground.alertJobs(quiet)]).toEqual(['silent', []]);
    const hushed = await ground.fallenSilent();
    ground.queue.faults.holdDeliveries = true;
    await watchSource(hushed.id);
    await updateSource(ground.session, hushed.id, { alertMails: false });
    ground.queue.faults.holdDeliveries = false;
    expect(await ground.mailed(hushed)).toEqual({});
    await updateSource(ground.session, quiet.id, { alertMails: true });
    await ground.write(quiet, "next_sync_at = now() + interval '1 hour'");
    await ground.syncUntil(quiet, 'ok');
    expect(await ground.mailed(quiet)).toEqual({ [subjects.recovered]: ground.told });
  });

  it('are turned off by an owner alone', async () => {
    const { id } = await ground.csv();
    const editor = { ...ground.session, role: 'editor' } as const;
    await expect(updateSource(editor, id, { alertMails: false })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect((await updateSource(editor, id, { syncFrequency: 'daily' })).alertMails).toBe(true);
  });

  it('of a source that is paused is none', async () => {
    const of = await ground.fallenSilent();
    await updateSource(ground.session, of.id, { enabled: false });
    await watchSources();
    expect(await ground.healthOf(of)).toBe('ok');
    expect(await ground.alertJobs(of)).toEqual([]);
  });

  it('is none where a source is scheduled that nobody has synced for long', async () => {
    const of = await ground.fallenSilent();
    await updateSource(ground.session, of.id, { syncFrequency: 'manual' });
    await ground.write(
      of,
      "scheduled_at = now() - interval '90 days', last_sync_at = now() - interval '90 days'",
    );
    await updateSource(ground.session, of.id, { syncFrequency: 'daily' });
    await watchSources();
    expect(await ground.healthOf(of)).toBe('ok');
  });

  it('for the better that nothing but its schedule made is kept, and not mailed', async () => {
    const of = await ground.fallenSilent();
    await watchSources();
    expect(await ground.mailed(of)).toEqual({ [subjects.silent]: ground.told });
    await updateSource(ground.session, of.id, { syncFrequency: 'manual' });
    await watchSources();
    expect(await ground.healthOf(of)).toBe('ok');
    expect(await ground.mailed(of)).toEqual({ [subjects.silent]: ground.told });
  });
});

describe('a source', () => {
  it('that nothing has synced when it should have is silent until a sync of it has ended', async () => {
    const of = await ground.fallenSilent();
    await watchSources();
    expect(await ground.healthOf(of)).toBe('silent');
    await ground.write(of, "next_sync_at = now() + interval '1 hour'");
    ground.queue.faults.holdDeliveries = true;
    const { runs } = await startSync(ground.session, { sourceId: of.id, mode: 'full' });
    await watchSources();
    expect(await ground.healthOf(of)).toBe('silent');
    ground.queue.faults.holdDeliveries = false;
    await ground.jobDone(runs[0]?.jobId ?? '');
    await watchSources();
    expect(await ground.mailed(of)).toEqual({
      [subjects.silent]: ground.told,
      [subjects.recovered]: ground.told,
    });
  });

  it('that runs on and on is late, and well again once it is through', async () => {
    const of = await ground.fallenSilent();
    ground.queue.faults.holdDeliveries = true;
    const { runs } = await startSync(ground.session, { sourceId: of.id, mode: 'full' });
    await ground.write(of, `next_sync_at = now() + interval '1 hour', sync_status = 'running'`);
    await watchSources();
    expect(await ground.healthOf(of)).toBe('late');
    ground.queue.faults.holdDeliveries = false;
    await ground.jobDone(runs[0]?.jobId ?? '');
    await watchSources();
    expect(await ground.mailed(of)).toEqual({
      [subjects.late]: ground.told,
      [subjects.recovered]: ground.told,
    });
  });

  it.each([
    [16, 'more'],
    [4, 'fewer'],
  ])('that gives %i rows instead of ten gives far %s than usual, until it does no more', async (count) => {
    const of = await ground.csv(rows(10));
    for (let run = 0; run < 5; run += 1) await sync(ground, of.id);
    of.serve(rows(count));
    await ground.syncUntil(of, 'rows_off');
    expect(await ground.mailed(of)).toEqual({ [subjects.unusual]: ground.told });
    expect((await getSource(ground.session, of.id)).healthReason).toContain(`It read ${count} rows`);
    of.serve(rows(10));
    await ground.syncUntil(of, 'ok');
    expect(await ground.mailed(of)).toEqual({
      [subjects.unusual]: ground.told,
      [subjects.recovered]: ground.told,
    });
  });
});
