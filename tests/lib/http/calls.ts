import { buffer } from 'node:stream/consumers';
import { EntrepotError } from '#lib/core/errors.ts';
import { type OutboundOptions, outbound } from '#lib/http/outbound.ts';

/** An outbound client that may reach the test's servers and notes its waits instead of sleeping. */
export function client(options: Partial<OutboundOptions> = {}) {
  const waits: number[] = [];
  const fetch = outbound({
    signal: new AbortController().signal,
    allowedHosts: 'any',
    sleep: async (ms) => void waits.push(ms),
    policy: { allowLoopback: true, deniedPorts: [] },
    ...options,
  });
  return { fetch, waits };
}

export async function text(body: AsyncIterable<Uint8Array>): Promise<string> {
  return (await buffer(body)).toString();
}

/** The error that `work` ends with; fails where it succeeds or throws something a caller may not see. */
export async function errorOf(work: Promise<unknown>): Promise<EntrepotError> {
  const outcome = await work.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
  if (outcome instanceof EntrepotError) return outcome;
  throw new Error('Expected an EntrepotError', { cause: outcome });
}
