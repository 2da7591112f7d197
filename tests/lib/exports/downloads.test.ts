import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Artifact } from '#lib/exports/artifacts.ts';
import { openDownload } from '#lib/exports/downloads.ts';
import { shareArtifact } from '#lib/exports/share.ts';
import { signLink } from '#lib/secrets/links.ts';
import { join, signUp } from '#tests/support/people.ts';
import { layRunGround, type RunGround, tokenOf } from './run-ground.ts';

let ground: RunGround;
let dataset: Dataset;
beforeAll(async () => {
  ground = await layRunGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  dataset = await ground.newCodes();
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

  it('can be made anew for a chosen time, by a viewer too, and is noted in the audit trail', async () => {
    const { userId } = await signUp(ground.admin);
    const viewer = await join(ground.admin, userId, ground.session.workspaceId, 'viewer');
    const before = Date.now();
    const { url, expiresAt } = await shareArtifact(viewer, artifact.id, 1);
    const life = Date.parse(expiresAt) - before;
    expect(Math.round(life / 60_000)).toBe(60);
    const { headers } = await openDownload(artifact.id, tokenOf({ url }));
    expect(headers['content-length']).toBe(String(artifact.bytes));
    const noted = await ground.admin.query(
      `select details from audit_log where action = 'artifact.shared' and target_id = $1`,
      [artifact.id],
    );
    expect(noted.rows).toEqual([{ details: { fileName: artifact.fileName, expiresAt } }]);
  });

  it('outlives its file in no case, and none is made to a file that is gone', async () => {
    const { expiresAt } = await shareArtifact(ground.session, artifact.id, 10_000);
    expect(expiresAt).toBe(new Date(artifact.keptUntil).toISOString());
    await ground.admin.query('update artifacts set expires_at = now() where id = $1', [artifact.id]);
    const gone = shareArtifact(ground.session, artifact.id, 1);
    await expect(gone).rejects.toMatchObject({ code: 'not_found' });
    const unknown = shareArtifact(ground.session, dataset.id, 1);
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
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
