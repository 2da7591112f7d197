import { expect } from 'vitest';
import type { CellText, Column } from '#lib/core/columns.ts';
import type { Dataset } from '#lib/datasets/registry.ts';
import type { Artifact } from '#lib/exports/artifacts.ts';
import { exportDefinition } from '#lib/exports/definition.ts';
import { openDownload } from '#lib/exports/downloads.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { createExport } from '#lib/exports/exports.ts';
import { runExport } from '#lib/exports/runs.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import type { JobRow } from '#tests/support/job-watch.ts';
import { type Stack, startStack } from '#tests/support/run-jobs.ts';
import { startTestS3, type TestS3 } from '#tests/support/s3.ts';
import { type Ground, layGround } from './arrange.ts';

/** One owner, a queue with its worker, and a storage that can be made to fail. */
export interface RunGround extends Ground {
  readonly s3: TestS3;
  readonly stack: Stack;
  /** A new dataset of the three `codes`, beside a Storage that is empty and works. */
  newCodes(): Promise<Dataset>;
  /** Saves an export over a dataset as the owner. */
  define(dataset: string, definition?: object): Promise<ExportView>;
  runToEnd(exportId: string): Promise<JobRow>;
  /** Runs the export, which must complete, and gives its one file. */
  artifactOf(exportId: string): Promise<Artifact>;
  /** Runs the export and fetches its file by its link. */
  textOf(exportId: string): Promise<string>;
}

/** Three rows, one of which lacks its amount. */
export const codes = {
  columns: [
    { name: 'code', type: 'text' },
    { name: 'amount', type: 'decimal' },
  ],
  rows: [
    ['b', '2.50'],
    ['a', null],
    ['c', '3'],
  ],
} satisfies { columns: Column[]; rows: CellText[][] };

export async function layRunGround(): Promise<RunGround> {
  const s3 = await startTestS3();
  const database = await createTestDatabase();
  const stack = await startStack(database, {
    environment: {
      ARTIFACT_S3_ENDPOINT: s3.endpoint,
      ARTIFACT_S3_ACCESS_KEY_ID: 'key',
      ARTIFACT_S3_SECRET_ACCESS_KEY: 'secret',
    },
  });
  const ground = await layGround(database);
  const runToEnd = async (exportId: string) =>
    stack.jobDone((await runExport(ground.session, exportId)).jobId);
  const artifactOf = async (exportId: string) => {
    const { status, error, result } = await runToEnd(exportId);
    expect({ status, error }).toEqual({ status: 'completed', error: null });
    return artifactsIn(result)[0] as Artifact;
  };
  return {
    ...ground,
    s3,
    stack,
    runToEnd,
    artifactOf,
    newCodes() {
      s3.failWhen = () => false;
      s3.objects.clear();
      return ground.dataset(codes.columns, codes.rows);
    },
    textOf: async (exportId) => (await fetchFile(await artifactOf(exportId))).toString(),
    define(dataset, definition = {}) {
      const full = exportDefinition.parse({ name: 'Über Alaska!', dataset, ...definition });
      return createExport(ground.session, full);
    },
    async close() {
      await stack.close();
      await ground.close();
      s3.close();
    },
  };
}

export function artifactsIn(result: unknown): readonly Artifact[] {
  return (result as { artifacts: Artifact[] }).artifacts;
}

export function tokenOf({ url }: Pick<Artifact, 'url'>): string {
  return new URL(url).searchParams.get('token') ?? '';
}

export async function fetchFile(artifact: Artifact): Promise<Buffer> {
  const { body } = await openDownload(artifact.id, tokenOf(artifact));
  return Buffer.concat(await Array.fromAsync(body));
}
