import { setTimeout as sleep } from 'node:timers/promises';
import { exportDefinition } from '#lib/exports/definition.ts';
import { createExport } from '#lib/exports/exports.ts';
import { formats } from '#lib/exports/formats/registry.ts';
import { runExport } from '#lib/exports/runs.ts';
import { cancelJob } from '#lib/jobs/cancel.ts';
import { listObjects } from '#lib/storage/objects.ts';
import type { Ground } from '#tests/bench/ground.ts';
import { type Stack, startStack } from '#tests/support/run-jobs.ts';
import type { Measured } from './registry.ts';

const LOOK_MS = 5;

/**
 * The longest of all formats: how long it takes from the cancellation of an export that is writing a large table until
 * its job has ended and Storage has nothing of it.
 */
export async function cancel({ database, supabase, session }: Ground): Promise<Measured> {
  const stack = await startStack(database, { environment: supabase });
  const seconds: number[] = [];
  for (const format of Object.keys(formats)) seconds.push(await cancelled({ session, stack }, format));
  await stack.close();
  return { seconds: Math.max(...seconds) };
}

async function cancelled(
  { session, stack }: Pick<Ground, 'session'> & { readonly stack: Stack },
  type: string,
): Promise<number> {
  const definition = exportDefinition.parse({ name: type, dataset: 'flights', format: { type } });
  const { id } = await createExport(session, definition);
  const { jobId } = await runExport(session, id);
  const isWriting = ({ progress }: { progress: Record<string, unknown> }) =>
    Number(progress.itemsProcessed) > 0;
  await stack.jobUntil(jobId, isWriting);
  const askedAt = performance.now();
  await cancelJob(session, jobId);
  const { status } = await stack.jobDone(jobId);
  if (status !== 'cancelled') throw new Error(`The export as ${type} has ${status}.`);
  while ((await listObjects(`artifacts/${session.workspaceId}/${jobId}/`)).length > 0) await sleep(LOOK_MS);
  return (performance.now() - askedAt) / 1_000;
}
