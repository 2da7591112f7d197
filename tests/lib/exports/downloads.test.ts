import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Artifact } from '#lib/exports/artifacts.ts';
import { openDownload } from '#lib/exports/downloads.ts';
import { signLink } from '#lib/secrets/links.ts';
import { layRunGround, type RunGround, tokenOf } from './run-ground.ts';

const columns: Column[] = [
  { name: 'code', type: 'text' },
  { name: 'amount', type: 'decimal' },
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

describe('a download link', () => {
  let artifact: Artifact;
  beforeEach(async () => {
    artifact = await ground.artifactOf((await ground.define(dataset.name)).id);
  });

  it('gives the file’s name, type and length, and is noted in the audit trail', async () => {
    const { headers } = await openDownload(artifact.id, tokenOf(artifact));
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
