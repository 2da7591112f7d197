import { EntrepotError } from '#lib/core/errors.ts';
import type { Acting } from '#lib/db/as-member.ts';
import { type Connection, connect, type SourceAccess } from './connect.ts';

const TIME_LIMIT_MS = 30_000;
/** Failures are tried again for so long: a person waits for the answer. */
const PATIENCE_MS = 5_000;

/** Opens a source for a short look, and gives up on one that keeps silent. */
export async function briefly<T>(
  acting: Acting,
  access: SourceAccess,
  look: (connection: Connection) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(TIME_LIMIT_MS);
  const patientUntil = performance.now() + PATIENCE_MS;
  const timeLeft = () => Math.max(0, patientUntil - performance.now());
  try {
    return await look(await connect(acting, access, { signal, timeLeft }));
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new EntrepotError(
      'NETWORK_ERROR',
      `The source gave no rows within ${TIME_LIMIT_MS / 1_000} seconds. Check the address, or try again later.`,
      { cause },
    );
  }
}
