import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closePools } from '#lib/db/pool.ts';
import { emptyStorage } from '#lib/storage/retention.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { useEnvironment } from '#tests/support/environment.ts';
import { signUp } from '#tests/support/people.ts';
import { startTestS3, type TestS3 } from '#tests/support/s3.ts';

let database: TestDatabase;
let admin: pg.Client;
let s3: TestS3;
let workspace: string;
beforeAll(async () => {
  s3 = await startTestS3();
  database = await createTestDatabase();
  useEnvironment(database, {
    ARTIFACT_S3_ENDPOINT: s3.endpoint,
    ARTIFACT_S3_ACCESS_KEY_ID: 'key',
    ARTIFACT_S3_SECRET_ACCESS_KEY: 'secret',
  });
  admin = new pg.Client(database.adminUrl);
  await admin.connect();
  workspace = (await signUp(admin)).workspaceId;
});
afterAll(async () => {
  await closePools();
  await admin.end();
  await database.drop();
  s3.close();
});
beforeEach(async () => {
  s3.objects.clear();
  await admin.query('delete from artifacts; delete from uploads; delete from jobs');
});

function stored(): string[] {
  return [...s3.objects.keys()].map((path) => path.replace(/^entrepot\//, '')).sort();
}

function store(...paths: string[]): void {
  for (const path of paths) s3.objects.set(`entrepot/${path}`, Buffer.from('bytes'));
}

/** An export's job that ended at an SQL time, with a file in its folder; gives the job and the file's path. */
async function jobWithFile(status: string, completedAt: string): Promise<{ id: string; path: string }> {
  const { rows } = await admin.query(
    `insert into jobs (workspace_id, kind, payload, payload_version, status, completed_at)
     values ($1, 'export', '{}', 1, $2, ${completedAt}) returning id`,
    [workspace, status],
  );
  const path = `artifacts/${workspace}/${rows[0].id}/${randomUUID()}/all.csv`;
  store(path);
  return { id: rows[0].id, path };
}

/** A job whose file counts as made, until an SQL time. */
async function artifactUntil(expiresAt: string, status = 'completed'): Promise<string> {
  const { id, path } = await jobWithFile(status, `now() - interval '2 hours'`);
  store(`${path}.manifest.json`);
  await admin.query(
    `insert into artifacts (workspace_id, job_id, file_name, path, media_type, bytes, rows, sha256, manifest, expires_at)
     values ($1, $2, 'all.csv', $3, 'text/csv', 5, 1, 'x', '{}', ${expiresAt})`,
    [workspace, id, path],
  );
  return path;
}

/** A definition that fills an uploaded workbook. */
function filling(upload: string) {
  return { format: { type: 'xlsx', options: { template: { upload } } } };
}

async function uploadOf(age: string): Promise<{ id: string; path: string }> {
  const id = randomUUID();
  const path = `uploads/${workspace}/${id}`;
  await admin.query(
    `insert into uploads (id, workspace_id, file_name, bytes, content_type, path, created_at)
     values ($1, $2, 'rows.csv', 5, 'text/csv', $3, now() - $4::interval)`,
    [id, workspace, path, age],
  );
  store(path);
  return { id, path };
}

describe('what has had its time is removed', () => {
  it('a file past its time goes with its manifest and its row, and one that a link may still open stays', async () => {
    await artifactUntil(`now() - interval '1 minute'`);
    const kept = await artifactUntil(`now() + interval '1 minute'`);
    expect(await emptyStorage()).toMatchObject({ artifactsRemoved: 1 });
    expect(stored()).toEqual([kept, `${kept}.manifest.json`]);
    expect((await admin.query('select path from artifacts')).rows).toEqual([{ path: kept }]);
  });

  it('an upload of a month ago goes, unless it is younger or a source refers to it', async () => {
    await uploadOf('31 days');
    const young = await uploadOf('29 days');
    const used = await uploadOf('31 days');
    await admin.query(
      `insert into external_data_sources (workspace_id, source_type, display_name, config)
       values ($1, 'csv', 'Rows', $2)`,
      [workspace, { upload: used.id }],
    );
    expect(await emptyStorage()).toMatchObject({ uploadsRemoved: 1 });
    expect(stored()).toEqual([young.path, used.path].sort());
    expect((await admin.query('select from uploads')).rowCount).toBe(2);
  });

  it.each([
    ['the workbook that a template fills', (upload: string) => ({ definition: filling(upload) })],
    [
      'a workbook that a template offers',
      (upload: string) => ({ customizations: [{ sets: [{ values: { Yearly: filling(upload) } }] }] }),
    ],
  ])('%s stays while the template is there', async (_, naming) => {
    const { id, path } = await uploadOf('31 days');
    const template = `insert into export_templates (workspace_id, name, template) values ($1, 'Book', $2)`;
    await admin.query(template, [workspace, naming(id)]);
    expect(await emptyStorage()).toMatchObject({ uploadsRemoved: 0 });
    expect(stored()).toEqual([path]);
    await admin.query('delete from export_templates');
    expect(await emptyStorage()).toMatchObject({ uploadsRemoved: 1 });
  });

  it('also when two do it at once', async () => {
    for (let n = 0; n < 5; n += 1) await artifactUntil(`now() - interval '1 minute'`);
    for (let n = 0; n < 5; n += 1) await uploadOf('31 days');
    await jobWithFile('failed', `now() - interval '2 hours'`);
    await Promise.all([emptyStorage(), emptyStorage()]);
    expect(stored()).toEqual([]);
  });

  it('at the next call where Storage failed', async () => {
    await artifactUntil(`now() - interval '1 minute'`);
    s3.failWhen = () => true;
    await expect(emptyStorage()).rejects.toMatchObject({ code: expect.any(String) });
    s3.failWhen = () => false;
    expect(await emptyStorage()).toMatchObject({ artifactsRemoved: 1 });
    expect(stored()).toEqual([]);
  });
});

describe('what a run has left', () => {
  it.each(['failed', 'cancelled'])('goes an hour after it has %s, and is looked for once', async (status) => {
    await jobWithFile(status, `now() - interval '2 hours'`);
    const recent = await jobWithFile(status, `now() - interval '59 minutes'`);
    expect(await emptyStorage()).toMatchObject({ runsCleared: 1 });
    expect(stored()).toEqual([recent.path]);
    expect(await emptyStorage()).toMatchObject({ runsCleared: 0 });
  });

  it('goes once more when the run was retried and failed again', async () => {
    const { id, path } = await jobWithFile('failed', `now() - interval '5 hours'`);
    await emptyStorage();
    store(path);
    await admin.query(
      `update jobs set completed_at = now() - interval '2 hours', cleared_at = now() - interval '3 hours' where id = $1`,
      [id],
    );
    await emptyStorage();
    expect(stored()).toEqual([]);
  });

  it('stays where it counts as made, or the run is not over', async () => {
    const made = await artifactUntil(`now() + interval '1 day'`, 'failed');
    const queued = await jobWithFile('queued', 'null');
    await emptyStorage();
    expect(stored()).toEqual([made, `${made}.manifest.json`, queued.path].sort());
  });
});
