import { sql } from 'kysely';
import { asMember } from '#lib/db/as-member.ts';
import type { CallMeter } from '#lib/http/meter.ts';
import type { JobContext } from '#lib/jobs/contract.ts';
import { log } from '#lib/log.ts';
import { actingAs } from './fence.ts';

/**
 * Stores what a slice has cost, however it ended: a call was made even where it brought no page, or the job was
 * cancelled or lost meanwhile. Lowers nothing, and never throws; what cannot be stored is logged.
 */
export async function storeCost(
  context: JobContext<unknown>,
  { runId, meter }: { readonly runId: string; readonly meter: CallMeter },
): Promise<void> {
  try {
    await asMember(actingAs(context), ({ db }) =>
      db
        .updateTable('sync_runs')
        .set({
          api_calls: sql`greatest(api_calls, ${meter.calls})`,
          wasted_calls: sql`greatest(wasted_calls, ${meter.wasted})`,
          cache_hits: sql`greatest(cache_hits, ${meter.cacheHits})`,
        })
        .where('id', '=', runId)
        .execute(),
    );
  } catch (error) {
    log().warn({ error }, 'what a run has cost is not stored');
  }
}
