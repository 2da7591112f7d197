import assert from 'node:assert/strict';
import type { Session } from '#lib/auth/session.ts';
import { createDataset } from '#lib/datasets/datasets.ts';
import { sourceInput } from '#lib/sources/definition.ts';
import { createSource } from '#lib/sources/sources.ts';
import type { SyncResult } from '#lib/sync/run.ts';
import { type SyncRequest, startSync } from '#lib/sync/start.ts';
import { asAdmin, type Ground } from '#tests/bench/ground.ts';
import { signUp } from '#tests/support/people.ts';
import type { Stack } from '#tests/support/run-jobs.ts';
import { byUpdatedAt, configFor } from '#tests/support/vendor/config.ts';
import type { PagingKind } from '#tests/support/vendor/question.ts';
import type { Vendor } from '#tests/support/vendor/vendor.ts';

const LONGEST_SYNC_MS = 120_000;
const SECOND_MS = 1_000;

/** A source that reads one of the vendor's tables page by page, or what has changed of it. */
export interface ApiSource {
  readonly session: Session;
  readonly id: string;
}

/** A table of so many rows, each changed a second after the one before it, and a source that brings it in. */
export async function newApiSource(
  { database }: Pick<Ground, 'database'>,
  vendor: Vendor,
  { kind, rows, pageRows }: { readonly kind: PagingKind; readonly rows: number; readonly pageRows: number },
): Promise<ApiSource> {
  const now = vendor.clock.now().getTime();
  vendor.table(kind).fill(rows, (index) => ({
    name: `thing ${index}`,
    updated_at: new Date(now - (rows - index) * SECOND_MS).toISOString(),
  }));
  const session = await asAdmin(database, signUp);
  await createDataset(session, {
    name: 'things',
    label: 'Things',
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'name', type: 'text' },
    ],
    key: ['id'],
  });
  const input = sourceInput.parse({
    sourceType: 'json',
    displayName: 'Things',
    config: { ...configFor(vendor, kind, kind, { pageRows }), ...byUpdatedAt },
    streams: { rows: { dataset: 'things', fields: { id: 'id', name: 'name' } } },
  });
  return { session, id: (await createSource(session, input)).id };
}

/** Starts a sync; gives its job. */
export async function startApiSync(
  { session, id }: ApiSource,
  mode: SyncRequest['mode'] = 'full',
): Promise<string> {
  const { runs } = await startSync(session, { sourceId: id, mode });
  return runs[0]?.jobId ?? '';
}

/** Waits until the job has done what is expected of it. */
export async function requireDone(stack: Stack, jobId: string, expected: Partial<SyncResult>): Promise<void> {
  const job = await stack.jobDone(jobId, LONGEST_SYNC_MS);
  assert.partialDeepStrictEqual(job, { status: 'completed', result: expected });
}
