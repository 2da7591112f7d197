import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Artifact } from '#lib/exports/artifacts.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { createExport } from '#lib/exports/exports.ts';
import { exportHistory, runExport } from '#lib/exports/runs.ts';
import { join } from '#tests/support/people.ts';
import { insertRow } from './arrange.ts';
import { fetchFile, layRunGround, type RunGround } from './run-ground.ts';

const columns: Column[] = [
  { name: 'code', type: 'text', label: 'Code' },
  { name: 'amount', type: 'decimal', description: 'In euros.' },
];
const rows: CellText[][] = [
  ['b', '2.50'],
  ['a', null],
  ['c', '3'],
];

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  ground.s3.failWhen = () => false;
  ground.s3.objects.clear();
  dataset = await ground.dataset(columns, rows);
});

describe('a run', () => {
  it('ends with a file that its link fetches, counted and hashed', async () => {
    const { id } = await ground.define(dataset.name, { sort: [{ field: 'code' }], compression: 'gzip' });
    const artifact = await ground.artifactOf(id);
    const file = await fetchFile(artifact);
    expect(gunzipSync(file).toString()).toBe('code,amount\na,\nb,2.50\nc,3\n');
    expect(artifact).toEqual({
      id: expect.any(String),
      fileName: expect.stringMatching(/^uber-alaska-\d{8}-\d{6}\.csv\.gz$/),
      bytes: file.length,
      rows: 3,
      sha256: createHash('sha256').update(file).digest('hex'),
      url: expect.stringContaining(`/api/downloads/${artifact.id}?token=`),
      keptUntil: expect.stringMatching(/^\d{4}-.*Z$/),
    });
  });

  it('stores a manifest beside its file', async () => {
    const { id } = await ground.define(dataset.name, { filter: { field: 'code', op: 'ne', value: 'b' } });
    const { fileName, bytes, sha256 } = await ground.artifactOf(id);
    const [path, manifest] = [...ground.s3.objects].find(([name]) => name.endsWith('.manifest.json')) ?? [];
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
    const text = await ground.textOf((await ground.define(dataset.name, { format: { type } })).id);
    for (const piece of pieces) expect(text).toContain(piece);
  });

  it('writes the same file through COPY and through JavaScript but for the line ends', async () => {
    const copied = await ground.textOf((await ground.define(dataset.name)).id);
    const encoded = await ground.textOf(
      (await ground.define(dataset.name, { format: { type: 'csv', options: { lineEnd: 'crlf' } } })).id,
    );
    expect(encoded).toBe(copied.replaceAll('\n', '\r\n'));
  });

  it('shows nothing of what is written while it runs', async () => {
    const { id } = await ground.define(dataset.name, { format: { type: 'ndjson' } });
    let writing: Promise<void> | undefined;
    ground.s3.failWhen = ({ method }) => {
      if (method === 'PUT') writing ??= insertRow(ground.session, dataset, ['late', '9']);
      return false;
    };
    const text = await ground.textOf(id);
    await writing;
    expect(writing).toBeDefined();
    expect(text.split('\n')).toHaveLength(4);
    expect(await ground.textOf(id)).toContain('late');
  });

  it('has the rights of its owner, and is refused once the owner has left', async () => {
    const member = await ground.admin.query(
      'insert into auth.users (id, email) values (gen_random_uuid(), $1) returning id',
      ['m@example.com'],
    );
    const guest = await join(ground.admin, member.rows[0].id, ground.session.workspaceId, 'editor');
    const full = exportDefinition.parse({ name: 'theirs', dataset: dataset.name });
    const { id } = await createExport(guest, full);
    expect((await ground.runToEnd(id)).status).toBe('completed');
    await ground.admin.query('delete from workspace_members where user_id = $1 and workspace_id = $2', [
      guest.userId,
      guest.workspaceId,
    ]);
    const { status, error } = await ground.runToEnd(id);
    expect(status).toBe('failed');
    expect(error).toMatchObject({
      code: 'forbidden',
      message: expect.stringMatching(/owner.*hand it over/),
    });
  });

  it('names the column that has gone since it was defined, before anything is queued', async () => {
    const { id } = await ground.define(dataset.name, { filter: { field: 'amount', op: 'gt', value: 1 } });
    await ground.admin.query('update datasets set columns = columns - 1 where id = $1', [dataset.id]);
    await expect(runExport(ground.session, id)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('no column "amount"'),
      fields: { 'filter.field': expect.any(String) },
    });
  });

  it('is the only one of its export at a time', async () => {
    const { id } = await ground.define(dataset.name);
    const { jobId } = await runExport(ground.session, id);
    await expect(runExport(ground.session, id)).rejects.toMatchObject({ code: 'conflict' });
    await ground.stack.jobDone(jobId);
  });

  it('shows in the history, latest first, with links of its own', async () => {
    const { id } = await ground.define(dataset.name);
    const first = await ground.runToEnd(id);
    const second = await ground.runToEnd(id);
    const { items } = await exportHistory(ground.session, id, { limit: 10 });
    expect(items.map((run) => run.id)).toEqual([second.id, first.id]);
    expect((await fetchFile(items[1]?.artifacts[0] as Artifact)).toString()).toContain('b,2.50');
  });
});
