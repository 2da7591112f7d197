import type { LookupFunction } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { ConnectorFetch, OutboundRequest, OutboundResponse } from '#connectors/contract.ts';
import { env } from '#lib/env.ts';
import { ACCEPT_ENCODING, decodedBody } from './body.ts';
import { type Answer, discard, exchange, type Hop, type Timeouts } from './exchange.ts';
import { refusalOf } from './failures.ts';
import { guardedAgent, type TargetPolicy } from './guard.ts';
import { type CallMeter, metered, newMeter } from './meter.ts';
import { followRedirects } from './redirects.ts';
import { withRetries } from './retry.ts';
import { parseTarget } from './target.ts';
import { gateOf, openGate, type Throttle } from './throttle.ts';

interface OutboundLimits extends Timeouts {
  /** Counted before and after decoding. */
  readonly maxBytes: number;
}

export interface OutboundOptions {
  /** Ends waits, requests and bodies; no call is made after it. */
  readonly signal: AbortSignal;
  readonly allowedHosts: readonly string[] | 'any';
  readonly now?: () => Date;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** How long the caller can still wait, in milliseconds; unlimited where absent. */
  readonly timeLeft?: () => number;
  readonly limits?: Partial<OutboundLimits>;
  /** In what each call to the provider is counted; in nothing where absent. */
  readonly throttle?: Throttle;
  /** Grows with what is sent. */
  readonly meter?: CallMeter;
  /** The environment's where absent. */
  readonly policy?: TargetPolicy;
  readonly lookup?: LookupFunction;
}

const defaultLimits: OutboundLimits = {
  headersTimeoutMs: 60_000,
  idleTimeoutMs: 60_000,
  maxBytes: 5_000_000_000,
};

/**
 * The only way out to addresses that a user or a vendor names: public ones only (see `TargetPolicy`), each call as
 * the limits admit it, with redirects followed, passing failures tried again and everything bounded. Requests must
 * be safe to repeat. A wait longer than a few seconds, or than `timeLeft`, is thrown as `retryAfterMs` instead.
 * Once the body is handed over, nothing is tried again. Errors name the host and nothing else of the request.
 */
export function outbound(options: OutboundOptions): ConnectorFetch {
  const { signal, allowedHosts, now = () => new Date(), meter = newMeter() } = options;
  const { sleep = pause, timeLeft = () => Number.POSITIVE_INFINITY } = options;
  const patience = { signal, sleep, timeLeft };
  const limits = { ...defaultLimits, ...options.limits };
  const agent = guardedAgent(options.policy ?? policyFromEnv(), options.lookup);
  const gate = options.throttle ? gateOf(options.throttle, patience) : openGate;

  /** Sends a request once. Where a redirect leads to another host, the provider is not asked. */
  async function call(hop: Hop, isProvider: boolean): Promise<Answer> {
    if (isProvider) await gate.turn(hop.url.hostname);
    meter.calls += 1;
    const answer = await exchange(agent, hop, limits, signal).catch(wasted);
    if (isProvider) await gate.learn(answer.status, answer.headers, now());
    return answer;
  }

  function wasted(error: unknown): never {
    meter.wasted += 1;
    throw error;
  }

  async function attempt(first: Hop, alsoAccept: readonly number[]): Promise<OutboundResponse> {
    const { hop, answer } = await followRedirects(first, allowedHosts, (next) =>
      call(next, allowedHosts !== 'any' || next.url.host === first.url.host),
    );
    const { status, headers } = answer;
    const host = hop.url.hostname;
    if ((status >= 200 && status <= 299) || alsoAccept.includes(status)) {
      const body = decodedBody(answer.body, { host, headers, signal, maxBytes: limits.maxBytes });
      return { status, headers, body: metered(body, meter) };
    }
    discard(answer);
    return wasted(refusalOf(host, status, headers, now()));
  }

  return async (request) => {
    const first = firstHop(request, parseTarget(request.url, allowedHosts));
    return withRetries(() => attempt(first, request.alsoAccept ?? []), patience);
  };
}

function firstHop(request: OutboundRequest, url: URL): Hop {
  const own = Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    url,
    method: request.method ?? 'GET',
    headers: { 'user-agent': 'Entrepot', 'accept-encoding': ACCEPT_ENCODING, ...Object.fromEntries(own) },
    body: request.body ?? null,
  };
}

function policyFromEnv(): TargetPolicy {
  return { allowLoopback: env().ALLOW_LOOPBACK_TARGETS, deniedPorts: env().LOOPBACK_DENIED_PORTS };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}
