import { z } from 'zod';
import type { Connector, Context } from '#connectors/contract.ts';
import { loadConnector } from '#connectors/registry.ts';
import { parse } from '#lib/core/parse.ts';
import type { RateWindow } from '#lib/core/rate-window.ts';
import type { Acting } from '#lib/db/as-member.ts';
import { type CacheUse, cachedFetch } from '#lib/http/cache/cached-fetch.ts';
import { newMeter } from '#lib/http/meter.ts';
import { type OutboundOptions, outbound } from '#lib/http/outbound.ts';
import { openUpload } from '#lib/storage/uploads.ts';
import { limitsOf } from './limits.ts';

/** What it takes to reach a source, stored or not. */
export interface SourceAccess {
  readonly type: string;
  readonly config: unknown;
  /** Null where the source needs none. */
  readonly credentials: unknown;
}

/** What a person entered for a source, as its connector takes it. */
export interface ValidAccess {
  readonly connector: Connector;
  readonly config: unknown;
  readonly credentials: unknown;
}

/** A connector and its client, ready to read. */
export interface Connection {
  readonly connector: Connector;
  readonly client: unknown;
}

/** In what bounds a source is read, and what counts it. */
export interface ReadLimits extends Pick<OutboundOptions, 'signal' | 'timeLeft' | 'meter'> {
  /** Of a saved source, which has limits of its own beside the provider's. */
  readonly sourceId?: string;
  readonly rateLimits?: readonly RateWindow[] | null;
  /** Nothing is read from the cache, nor kept in it, where absent. */
  readonly cache?: CacheUse | undefined;
}

/** Checks what a person entered against the connector; throws `not_found`, or `invalid` naming each field. */
export async function validateAccess({ type, config, credentials }: SourceAccess): Promise<ValidAccess> {
  const connector = await loadConnector(type);
  const { definition } = connector;
  const schema = z.object({ config: definition.config, credentials: definition.credentials.nullable() });
  return { connector, ...parse(schema, { config, credentials }) };
}

/**
 * Opens a source for reading on behalf of `acting`. Its connector may call only the hosts that it declares, and as
 * often as the limits of its provider and its own admit.
 */
export async function connect(
  acting: Acting,
  access: SourceAccess,
  { sourceId, rateLimits, cache, meter = newMeter(), ...limits }: ReadLimits,
): Promise<Connection> {
  const { connector, config, credentials } = await validateAccess(access);
  const { definition } = connector;
  const { workspaceId } = acting;
  const throttle = limitsOf({ workspaceId, definition, config, sourceId, rateLimits });
  const fetch = outbound({ allowedHosts: definition.allowedHosts, throttle, meter, ...limits });
  const scope = { workspaceId, sourceType: definition.id };
  const context: Context = {
    fetch: cache ? cachedFetch(fetch, { scope, use: cache, meter }) : fetch,
    openUpload: (id) => openUpload(acting, id),
    now: () => new Date(),
    signal: limits.signal,
  };
  return { connector, client: await connector.connect(config, credentials, context) };
}
