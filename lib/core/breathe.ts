import { setImmediate } from 'node:timers/promises';

const LONGEST_MS = 3;

/**
 * Makes a function for a loop over many rows to await now and then: it gives everything else that waits in this
 * process its turn, at most every 3 ms, so that a page of rows never holds up a page of the application.
 */
export function newBreath(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_MS) return undefined;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
