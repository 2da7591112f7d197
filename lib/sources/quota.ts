import { z } from 'zod';
import { loadConnector } from '#connectors/registry.ts';
import type { Session } from '#lib/auth/session.ts';
import { parse } from '#lib/core/parse.ts';
import { limiter } from '#lib/http/limiter/limiter.ts';
import { limitsOf } from './limits.ts';
import { getSource } from './sources.ts';

/** What is used of each window of a source's limits at this moment. */
export const quotaView = z
  .object({
    windows: z
      .array(
        z.object({
          of: z.enum(['provider', 'source']).meta({
            description: '`provider`: shared by the sources of the same account; `source`: its own limit.',
          }),
          limit: z.int().meta({ description: 'Calls that it admits.' }),
          seconds: z.int().meta({ description: 'Within any stretch of so many seconds.' }),
          used: z.int(),
          resetsAt: z.iso.datetime().nullable().meta({
            description: 'When all of it is free again if nobody calls meanwhile; null where it is free now.',
          }),
        }),
      )
      .readonly(),
    closedUntil: z.iso.datetime().nullable().meta({
      description: 'No call is made before that: the provider has asked for it.',
    }),
  })
  .meta({ id: 'Quota' });
export type Quota = Readonly<z.infer<typeof quotaView>>;

/** The quota of a saved source. Throws `not_found`, and `unavailable` where the limiter does not answer. */
export async function getQuota(session: Session, id: string): Promise<Quota> {
  const { sourceType, rateLimits, ...source } = await getSource(session, id);
  const { definition } = await loadConnector(sourceType);
  const config = parse(definition.config, source.config);
  const { workspaceId } = session;
  const { provider, others = [] } = limitsOf({ workspaceId, definition, config, sourceId: id, rateLimits });
  const limits = [provider, ...others];
  const uses = await limiter().use(limits);
  const now = Date.now();
  const windows = limits.flatMap((limit, index) =>
    limit.windows.map(({ calls, seconds }, place) => {
      const { used = 0, emptyMs = 0 } = uses[index]?.windows[place] ?? {};
      const of = index === 0 ? ('provider' as const) : ('source' as const);
      return { of, limit: calls, seconds, used, resetsAt: used > 0 ? timeIn(emptyMs, now) : null };
    }),
  );
  const closedMs = uses[0]?.closedMs ?? 0;
  return { windows, closedUntil: closedMs > 0 ? timeIn(closedMs, now) : null };
}

function timeIn(ms: number, now: number): string {
  return new Date(now + ms).toISOString();
}
