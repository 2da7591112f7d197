import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '#lib/auth/session.ts';
import { jobFilter, listJobs } from '#lib/jobs/jobs.ts';
import { signUp } from '#tests/support/people.ts';
import { type Ground, prepareGround } from './arrange.ts';

let ground: Ground;
let lister: Session;
let sourceId: string;
let exportId: string;

beforeAll(async () => {
  ground = await prepareGround([]);
  lister = await signUp(ground.admin);
  sourceId = await idOf(
    `insert into public.external_data_sources (workspace_id, source_type, display_name, config)
     values ($1, 'csv', 'Zip codes', '{}') returning id`,
  );
  exportId = await idOf(
    `insert into public.exports (workspace_id, name, dataset, definition)
     values ($1, 'All zip codes', 'zips', '{}') returning id`,
  );
  await insertJob('sync', 'completed', { sourceId });
  await insertJob('sync', 'failed', { sourceId });
  await insertJob('export', 'queued', { exportId });
  await insertJob('export', 'cancelled', { exportId });
});
afterAll(() => ground.close());

async function idOf(statement: string): Promise<string> {
  const { rows } = await ground.admin.query<{ id: string }>(statement, [lister.workspaceId]);
  return rows[0]?.id ?? '';
}

async function insertJob(kind: string, status: string, payload: object): Promise<void> {
  await ground.admin.query(
    `insert into public.jobs (workspace_id, kind, status, payload, payload_version) values ($1, $2, $3, $4, 1)`,
    [lister.workspaceId, kind, status, payload],
  );
}

async function listed(query: Record<string, string>): Promise<string[]> {
  const { items } = await listJobs(lister, { limit: 50, ...jobFilter.parse(query) });
  return items.map(({ kind, status }) => `${kind} ${status}`).sort();
}

describe('the list of jobs', () => {
  it.each([
    [{ status: 'failed' }, ['sync failed']],
    [{ status: 'queued,cancelled' }, ['export cancelled', 'export queued']],
    [{ kind: 'sync' }, ['sync completed', 'sync failed']],
    [{ kind: 'export', status: 'completed' }, []],
    [{ kind: 'no such kind' }, []],
  ])('narrowed by %j shows no others', async (query, expected) => {
    expect(await listed(query)).toEqual(expected);
  });

  it.each(['done', '', 'queued,', 'queued, running'])('takes no state %j', (status) => {
    expect(jobFilter.safeParse({ status }).success).toBe(false);
  });

  it('names what each job works for', async () => {
    const { items } = await listJobs(lister, { limit: 50 });
    const subjects = items.map(({ kind, subject }) => ({ kind, subject }));
    expect(subjects).toContainEqual({
      kind: 'sync',
      subject: { type: 'source', id: sourceId, name: 'Zip codes' },
    });
    expect(subjects).toContainEqual({
      kind: 'export',
      subject: { type: 'export', id: exportId, name: 'All zip codes' },
    });
  });

  it('names no longer what has been deleted', async () => {
    await ground.admin.query('delete from public.exports where id = $1', [exportId]);
    const { items } = await listJobs(lister, { limit: 1, kind: 'export' });
    expect(items[0]?.subject).toEqual({ type: 'export', id: exportId, name: null });
  });
});
