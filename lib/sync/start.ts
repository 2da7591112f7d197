import { z } from 'zod';
import { requireRole } from '#lib/auth/roles.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { audit } from '#lib/db/audit.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { ring } from '#lib/jobs/bell.ts';
import {
  createReplay,
  createRun,
  createRuns,
  type StartedRun,
  selectStartable,
  startedRun,
} from './create-run.ts';

export const syncRequest = z
  .strictObject({
    sourceId: z.guid().optional().meta({
      description: 'All sources that are enabled, mapped and idle where absent.',
    }),
    streams: z.array(z.string()).min(1).optional().meta({ description: 'All that are mapped where absent.' }),
    mode: z.enum(['incremental', 'full']).default('full'),
    fromCache: z.boolean().optional().meta({
      description:
        'Reads what the last full sync that was asked so was answered, where the cache has kept all of it for no longer than the source lets it; else the source, and keeps its answers. What is read from the cache deletes nothing.',
    }),
    force: z.boolean().optional().meta({
      description: 'With `fromCache`: reads the source in any case. Without it every sync does.',
    }),
    dryRun: z.boolean().optional().meta({
      description: 'Shows what the sync would change, and writes no row.',
    }),
  })
  .refine(({ mode, fromCache }) => mode === 'full' || !fromCache, {
    path: ['fromCache'],
    error: 'goes with the mode full: the cache keeps no changes',
  })
  .meta({ examples: [{ sourceId: '4f9c1a52-0b7e-4c55-9a57-2f5f2b1f7d10', mode: 'full' }] });
export type SyncRequest = z.output<typeof syncRequest>;

/** What was started. */
export const startedRuns = z.object({ runs: z.array(startedRun) });

/**
 * Starts a sync of one source, or of all that can be synced. Throws `not_found`, `invalid` for a stream that is
 * not mapped, and `conflict` where the source asked for is disabled or being synced.
 */
export async function startSync(session: Session, request: SyncRequest): Promise<{ runs: StartedRun[] }> {
  requireRole(session, 'editor');
  const runs = await asMember(session, async (tx) => {
    const created = await create(tx, session, request);
    for (const { sourceId, runId } of created) await audit(tx, 'sync.started', sourceId, { runId });
    return created;
  });
  await Promise.all(runs.map(({ jobId }) => ring(jobId, 0)));
  return { runs };
}

async function create(tx: Tx, session: Session, request: SyncRequest): Promise<StartedRun[]> {
  const { sourceId, mode, streams, dryRun = false, fromCache, force } = request;
  const asked = {
    mode,
    streams,
    dryRun,
    cache: fromCache ? (force ? 'renew' : 'use') : undefined,
    trigger: session.actor.kind === 'api_key' ? 'api' : 'manual',
  } as const;
  if (sourceId === undefined) {
    return createRuns(tx, await selectStartable(tx).where('enabled', '=', true).execute(), asked);
  }
  const source = await findStartable(tx, sourceId);
  if (!source.enabled) throw new EntrepotError('conflict', 'The source is disabled. Enable it first.');
  return [await createRun(tx, source, asked)];
}

/**
 * Maps the rows that a source's syncs have set aside once more, as its mapping is now. Throws `not_found`, and
 * `conflict` where the source is being synced.
 */
export async function startReplay(session: Session, sourceId: string): Promise<StartedRun> {
  requireRole(session, 'editor');
  const run = await asMember(session, async (tx) => {
    const created = await createReplay(tx, await findStartable(tx, sourceId), triggerOf(session));
    await audit(tx, 'sync.replayed', sourceId, { runId: created.runId });
    return created;
  });
  await ring(run.jobId, 0);
  return run;
}

function findStartable(tx: Tx, sourceId: string) {
  return selectStartable(tx)
    .where('id', '=', sourceId)
    .executeTakeFirstOrThrow(() => new EntrepotError('not_found', 'There is no such source.'));
}

function triggerOf({ actor }: Session): 'api' | 'manual' {
  return actor.kind === 'api_key' ? 'api' : 'manual';
}
