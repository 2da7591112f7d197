import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { Artifact } from '#lib/exports/artifacts.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { openDownload } from '#lib/exports/downloads.ts';
import { createExport, deleteExport, updateExport } from '#lib/exports/exports.ts';
import { exportHistory, runExport } from '#lib/exports/runs.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { signLink } from '#lib/secrets/links.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import { join } from '#tests/support/people.ts';
import { type Stack, startStack } from '#tests/support/run-jobs.ts';
import { startTestS3, type TestS3 } from '#tests/support/s3.ts';
import { type Ground, insertRow, layGround } from './arrange.ts';

const columns: Column[] = [
  { name: 'code', type: 'text', label: 'Code' },
  { name: 'amount', type: 'decimal', description: 'In euros.' },
];
const rows: CellText[][] = [
  ['b', '2.50'],
  ['a', null],
  ['c', '3'],
];

let s3: TestS3;
let stack: Stack;
let ground: Ground;
let dataset: Dataset;
beforeAll(async () => {
  s3 = await startTestS3();
  const environment = {
    ARTIFACT_S3_ENDPOINT: s3.endpoint,
    ARTIFACT_S3_ACCESS_KEY_ID: 'key',
    ARTIFACT_S3_SECRET_ACCESS_KEY: 'secret',
  };
  const database = await createTestDatabase();
  stack = await startStack(database, { environment });
  ground = await layGround(database);
});
afterAll(async () => {
  await stack.close();
  await ground.close();
  s3.close();
});
beforeEach(async () => {
  s3.failWhen = () => false;
  s3.objects.clear();
  dataset = await ground.dataset(columns, rows);
});

function define(definition: object = {}) {
  const full = exportDefinition.parse({ name: 'Über Alaska!', dataset: dataset.name, ...definition });
  return createExport(ground.session, full);
}

async function runToEnd(exportId: string) {
  const { jobId } = await runExport(ground.session, exportId);
  return stack.jobDone(jobId);
}

async function artifactOf(exportId: string): Promise<Artifact> {
  const { status, error, result } = await runToEnd(exportId);
  expect({ status, error }).toEqual({ status: 'completed', error: null });
  const [artifact] = (result as { artifacts: Artifact[] }).artifacts;
  return artifact as Artifact;
}

async function fetchFile({ id, url }: Artifact): Promise<Buffer> {
  const { body } = await openDownload(id, new URL(url).searchParams.get('token') ?? '');
  return Buffer.concat(await Array.fromAsync(body));
}

async function textOf(exportId: string): Promise<string> {
  return (await fetchFile(await artifactOf(exportId))).toString();
}

describe('a run', () => {
  it('ends with a file that its link fetches, counted and hashed', async () => {
    const { id } = await define({ sort: [{ field: 'code' }], compression: 'gzip' });
    const artifact = await artifactOf(id);
    const file = await fetchFile(artifact);
    expect(gunzipSync(file).toString()).toBe('code,amount\na,\nb,2.50\nc,3\n');
    expect(artifact).toEqual({
      id: expect.any(String),
      fileName: expect.stringMatching(/^uber-alaska-\d{8}-\d{6}\.csv\.gz$/),
      bytes: file.length,
      rows: 3,
      sha256: createHash('sha256').update(file).digest('hex'),
      url: expect.stringContaining(`/api/downloads/${artifact.id}?token=`),
    });
  });

  it('stores a manifest beside its file', async () => {
    const { id } = await define({ filter: { field: 'code', op: 'ne', value: 'b' } });
    const { fileName, bytes, sha256 } = await artifactOf(id);
    const [path, manifest] = [...s3.objects].find(([name]) => name.endsWith('.manifest.json')) ?? [];
    expect(path).toContain(`${fileName}.manifest.json`);
    expect(JSON.parse(String(manifest))).toMatchObject({
      fileName,
      rows: 2,
      bytes,
      sha256,
      dataset: dataset.name,
      filter: { field: 'code', op: 'ne', value: 'b' },
      snapshotAt: expect.stringMatching(/^\d{4}-.*Z$/),
      columns: [
        { source: 'code', header: 'code', type: 'text', label: 'Code' },
        { source: 'amount', header: 'amount', type: 'decimal', description: 'In euros.' },
      ],
    });
  });

  it.each([
    ['json', ['{"metadata":', '"data":[\n{"code":"b","amount":"2.50"},\n{"code":"a","amount":null}']],
    ['ndjson', ['{"code":"b","amount":"2.50"}\n']],
  ])('writes %s', async (type, pieces) => {
    const text = await textOf((await define({ format: { type } })).id);
    for (const piece of pieces) expect(text).toContain(piece);
  });

  it('writes the same file through COPY and through JavaScript but for the line ends', async () => {
    const copied = await textOf((await define()).id);
    const encoded = await textOf(
      (await define({ format: { type: 'csv', options: { lineEnd: 'crlf' } } })).id,
    );
    expect(encoded).toBe(copied.replaceAll('\n', '\r\n'));
  });

  it('shows nothing of what is written while it runs', async () => {
    const { id } = await define({ format: { type: 'ndjson' } });
    let writing: Promise<void> | undefined;
    s3.failWhen = ({ method }) => {
      if (method === 'PUT') writing ??= insertRow(ground.session, dataset, ['late', '9']);
      return false;
    };
    const text = await textOf(id);
    await writing;
    expect(writing).toBeDefined();
    expect(text.split('\n')).toHaveLength(4);
    expect(await textOf(id)).toContain('late');
  });

  it('has the rights of its owner, and is refused once the owner has left', async () => {
    const member = await ground.admin.query(
      'insert into auth.users (id, email) values (gen_random_uuid(), $1) returning id',
      ['m@example.com'],
    );
    const guest = await join(ground.admin, member.rows[0].id, ground.session.workspaceId, 'editor');
    const full = exportDefinition.parse({ name: 'theirs', dataset: dataset.name });
    const { id } = await createExport(guest, full);
    expect((await runToEnd(id)).status).toBe('completed');
    await ground.admin.query('delete from workspace_members where user_id = $1 and workspace_id = $2', [
      guest.userId,
      guest.workspaceId,
    ]);
    const { status, error } = await runToEnd(id);
    expect(status).toBe('failed');
    expect(error).toMatchObject({ code: 'forbidden', message: expect.stringContaining('owner') });
  });

  it('names the column that has gone since it was defined, before anything is queued', async () => {
    const { id } = await define({ filter: { field: 'amount', op: 'gt', value: 1 } });
    await ground.admin.query('update datasets set columns = columns - 1 where id = $1', [dataset.id]);
    await expect(runExport(ground.session, id)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('no column "amount"'),
      fields: { 'filter.field': expect.any(String) },
    });
  });

  it('is the only one of its export at a time', async () => {
    const { id } = await define();
    const { jobId } = await runExport(ground.session, id);
    await expect(runExport(ground.session, id)).rejects.toMatchObject({ code: 'conflict' });
    await stack.jobDone(jobId);
  });

  it('shows in the history, latest first, with links of its own', async () => {
    const { id } = await define();
    const first = await runToEnd(id);
    const second = await runToEnd(id);
    const { items } = await exportHistory(ground.session, id, { limit: 10 });
    expect(items.map((run) => run.id)).toEqual([second.id, first.id]);
    expect((await fetchFile(items[1]?.artifacts[0] as Artifact)).toString()).toContain('b,2.50');
  });
});

describe('what does not come to its end leaves nothing', () => {
  it('when Storage fails', async () => {
    const { id } = await define();
    s3.failWhen = ({ method, path }) => method === 'PUT' && path.endsWith('.manifest.json');
    const { jobId } = await runExport(ground.session, id);
    await stack.jobUntil(jobId, ({ attempts }) => attempts > 0);
    expect([...s3.objects.keys()]).toEqual([]);
    s3.failWhen = () => false;
    expect((await stack.jobDone(jobId)).status).toBe('completed');
    expect(s3.objects.size).toBe(2);
  });

  it('when it is cancelled in the middle, long before its end', async () => {
    const table = `data.${dataset.table.name}`;
    await ground.admin.query(
      `insert into ${table} (workspace_id, code) select $1, repeat('x', 600000) || i from generate_series(1, 200) i`,
      [ground.session.workspaceId],
    );
    // A tenth of a second a row: the last would come about twenty seconds after the first part is full.
    await ground.admin.query(
      `create policy slowly on ${table} as restrictive for select to entrepot_member
       using (case when current_query() like 'copy %' then pg_sleep(0.1) is not null else true end)`,
    );
    const { id } = await define();
    const uploading = new Promise<void>((resolve) => {
      s3.failWhen = ({ query }) => {
        if (query.has('partNumber')) resolve();
        return false;
      };
    });
    const { jobId } = await runExport(ground.session, id);
    await uploading;
    await cancelJob(ground.session, jobId);
    expect((await stack.jobDone(jobId, 10_000)).status).toBe('cancelled');
    expect([...s3.objects.keys()]).toEqual([]);
    expect(s3.uploads.size).toBe(0);
  });
});

describe('an incremental export', () => {
  const lines = (text: string) => text.trim().split('\n').slice(1).sort();

  it('delivers each change once', async () => {
    const { id } = await define({ mode: 'incremental' });
    expect(lines(await textOf(id))).toHaveLength(3);
    expect(lines(await textOf(id))).toEqual([]);
    await insertRow(ground.session, dataset, ['d', '4']);
    await ground.admin.query(`update data.${dataset.table.name} set amount = 7 where code = 'a'`);
    expect(lines(await textOf(id))).toEqual(['a,7', 'd,4']);
  });

  it('has what was committed late under an early time stamp in its next run', async () => {
    const { id } = await define({ mode: 'incremental' });
    await textOf(id);
    const { table } = dataset;
    let second = '';
    await asMember(ground.session, async ({ db }) => {
      await sql`insert into ${sql.id(table.schema, table.name)} (workspace_id, code, synced_at)
        values (${ground.session.workspaceId}, 'early', '2001-01-01')`.execute(db);
      second = await textOf(id);
    });
    expect(lines(second)).toEqual([]);
    expect(lines(await textOf(id))).toEqual(['early,']);
  });

  it('does not move on when its file was not stored', async () => {
    const { id } = await define({ mode: 'incremental' });
    s3.failWhen = ({ method }) => method === 'PUT';
    const { jobId } = await runExport(ground.session, id);
    await stack.jobUntil(jobId, ({ attempts }) => attempts > 0);
    s3.failWhen = () => false;
    const { result } = await stack.jobDone(jobId);
    expect((result as { artifacts: Artifact[] }).artifacts[0]?.rows).toBe(3);
  });

  it('starts over when it is given another dataset', async () => {
    const { id } = await define({ mode: 'incremental' });
    await textOf(id);
    const other = await ground.dataset(columns, [['z', '1']]);
    await updateExport(ground.session, id, { dataset: other.name });
    expect(lines(await textOf(id))).toEqual(['z,1']);
  });
});

describe('a download link', () => {
  let artifact: Artifact;
  beforeEach(async () => {
    artifact = await artifactOf((await define()).id);
  });

  it('gives the file’s name, type and length, and is noted in the audit trail', async () => {
    const { headers } = await openDownload(
      artifact.id,
      new URL(artifact.url).searchParams.get('token') ?? '',
    );
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-length': String(artifact.bytes),
      'content-disposition': `attachment; filename="${artifact.fileName}"`,
    });
    const noted = await ground.admin.query(
      `select workspace_id from audit_log where action = 'artifact.downloaded' and target_id = $1`,
      [artifact.id],
    );
    expect(noted.rows).toEqual([{ workspace_id: ground.session.workspaceId }]);
  });

  it('that has expired says so, and one that is forged or for another file opens nothing', async () => {
    const past = signLink({ purpose: 'download', id: artifact.id }, new Date(Date.now() - 1_000));
    await expect(openDownload(artifact.id, past)).rejects.toMatchObject({ code: 'link_expired' });
    const other = signLink({ purpose: 'download', id: dataset.id }, new Date(Date.now() + 60_000));
    await expect(openDownload(artifact.id, other)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(openDownload(dataset.id, other)).rejects.toMatchObject({ code: 'not_found' });
    await expect(openDownload('no-id', 'no-token')).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('a saved export', () => {
  it('is changed by a merge, in which null takes a field away', async () => {
    const { id } = await define({ limit: 1, filter: { field: 'code', op: 'eq', value: 'a' } });
    const changed = await updateExport(ground.session, id, { name: 'New', filter: null, limit: 2 });
    expect(changed).toMatchObject({ id, name: 'New', limit: 2, dataset: dataset.name });
    expect(changed.filter).toBeUndefined();
  });

  it.each([
    [{ filter: { field: 'gone', op: 'isNull' } }, 'filter.field'],
    [{ columns: [{ source: 'gone' }] }, 'columns.0.source'],
    [{ sort: [{ field: 'gone' }] }, 'sort.0.field'],
    [{ dataset: 'none' }, 'dataset'],
    [{ id: 'x' }, 'id'],
  ])('cannot be changed to %j', async (patch, field) => {
    const { id } = await define();
    const refused = expect.objectContaining({ code: 'invalid', fields: { [field]: expect.any(String) } });
    await expect(updateExport(ground.session, id, patch)).rejects.toThrow(refused);
  });

  it('is not there once it is deleted', async () => {
    const { id } = await define();
    await deleteExport(ground.session, id);
    await expect(runExport(ground.session, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});
