import type { ConnectorDefinition } from '#connectors/contract.ts';
import type { RateWindow } from '#lib/core/rate-window.ts';
import type { Limit } from '#lib/http/limiter/call-log.ts';
import type { Throttle } from '#lib/http/throttle.ts';

/** What tells in which limits the calls to a source are counted. */
export interface Counted {
  readonly workspaceId: string;
  readonly definition: ConnectorDefinition;
  /** As its connector has parsed it. */
  readonly config: unknown;
  /** Absent for a source that is not saved: only the provider's limits hold then. */
  readonly sourceId?: string | undefined;
  readonly rateLimits?: readonly RateWindow[] | null | undefined;
}

/**
 * The limits of a source: the provider's, which it shares with every source of the workspace that calls the same
 * account, and its own, which count its own calls alone.
 */
export function limitsOf({ workspaceId, definition, config, sourceId, rateLimits }: Counted): Throttle {
  const { id, rateLimits: windows } = definition;
  const provider: Limit = { key: `provider:${id}:${workspaceId}:${definition.limitKey(config)}`, windows };
  if (sourceId === undefined || !rateLimits?.length) return { provider };
  return { provider, others: [{ key: `source:${sourceId}`, windows: rateLimits }] };
}
