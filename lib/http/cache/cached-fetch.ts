import type { ConnectorFetch, OutboundRequest, OutboundResponse } from '#connectors/contract.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import type { CallMeter } from '#lib/http/meter.ts';
import { type AgedAnswer, recall, remember, validatorsOf } from './cache.ts';
import type { CachedAnswer } from './entry.ts';
import { type CacheScope, entryKeyOf } from './key.ts';
import { only, recorded } from './record.ts';
import type { EntryKey } from './store.ts';

/**
 * How the cache is used. By response: an answer younger than `ttlSeconds` is given again, an older one only where
 * its server says that it still holds; `force` asks anew. By pass: `record` asks anew and keeps every answer under
 * the pass's id; `replay` makes no call at all, and throws `not_cached` for whatever that pass has not kept.
 */
export type CacheUse =
  | { readonly ttlSeconds: number; readonly force?: boolean | undefined }
  | { readonly ttlSeconds: number; readonly pass: 'record'; readonly passId: string; readonly tally: Tally }
  | { readonly ttlSeconds: number; readonly pass: 'replay'; readonly passId: string };

/** Of the requests of a recorded pass, those whose answers are not kept: grows with each, and shrinks once its is. */
export interface Tally {
  unkept: number;
}

export interface CachedFetchOptions {
  readonly scope: Omit<CacheScope, 'passId'>;
  readonly use: CacheUse;
  readonly meter: CallMeter;
}

/** `fetch` behind the cache. What is no plain read of a whole answer goes past it. */
export function cachedFetch(
  fetch: ConnectorFetch,
  { scope, use, meter }: CachedFetchOptions,
): ConnectorFetch {
  const { ttlSeconds } = use;
  const passId = 'pass' in use ? use.passId : undefined;
  const isReplay = 'pass' in use && use.pass === 'replay';
  const reads = isReplay || !('pass' in use || use.force);
  const tally: Tally = 'tally' in use ? use.tally : { unkept: 0 };
  const keepAs = (key: EntryKey) => async (answer: CachedAnswer) => {
    if (await remember(key, answer, ttlSeconds)) tally.unkept -= 1;
  };

  return async (request) => {
    const key = isPlainRead(request) ? entryKeyOf({ ...scope, passId }, request) : undefined;
    const kept = key && reads ? await recall(key) : undefined;
    if (kept && kept.ageMs < ttlSeconds * 1_000) return given(kept, meter);
    if (isReplay) throw notCached();
    tally.unkept += 1;
    return key ? ask(fetch, request, kept, keepAs(key)) : fetch(request);
  };
}

/** Asks the server, with what is kept as the condition, and keeps what it answers. */
async function ask(
  fetch: ConnectorFetch,
  request: OutboundRequest,
  kept: CachedAnswer | undefined,
  keep: (answer: CachedAnswer) => Promise<void>,
): Promise<OutboundResponse> {
  const validators = kept ? validatorsOf(kept) : {};
  const response = await fetch(
    Object.keys(validators).length > 0 ? conditional(request, validators) : request,
  );
  const { status, headers } = response;
  if (kept && status === 304) {
    await Array.fromAsync(response.body);
    await keep(kept);
    return asResponse(kept);
  }
  return status === 200 && mayBeKept(headers)
    ? recorded(response, (body) => keep({ headers, body }))
    : response;
}

function given(kept: AgedAnswer, meter: CallMeter): OutboundResponse {
  const cachedAt = new Date(Date.now() - kept.ageMs).toISOString();
  meter.cacheHits += 1;
  if (meter.cachedAt === null || cachedAt < meter.cachedAt) meter.cachedAt = cachedAt;
  return asResponse(kept);
}

function asResponse({ headers, body }: CachedAnswer): OutboundResponse {
  return { status: 200, headers, body: only(body) };
}

function conditional(request: OutboundRequest, validators: Record<string, string>): OutboundRequest {
  const { headers, alsoAccept = [] } = request;
  return { ...request, headers: { ...headers, ...validators }, alsoAccept: [...alsoAccept, 304] };
}

/** With a condition or a range of its own, an answer is no whole one. */
function isPlainRead({ method = 'GET', headers = {} }: OutboundRequest): boolean {
  return method === 'GET' && !Object.keys(headers).some((name) => /^(if-|range$)/i.test(name));
}

/** A session's cookie is nobody else's, and what is not to be stored is not stored. */
function mayBeKept({
  'set-cookie': cookie,
  'cache-control': control = '',
  vary = '',
}: Record<string, string>) {
  return cookie === undefined && !/\bno-store\b/i.test(control) && vary.trim() !== '*';
}

function notCached(): EntrepotError {
  return new EntrepotError('not_cached', 'The last sync is not kept whole any more. Read the source anew.');
}
