import type { JobContext, JobKind } from '#lib/jobs/contract.ts';
import type { JobKinds } from '#lib/jobs/registry.ts';

/**
 * Where a worker can die: before its slice, inside a page's transaction (before the page or after it, not yet
 * committed), after the slice, before it rings the next turn, and before it answers the queue.
 */
export type DeathPoint = 'slice' | 'hold' | 'commit' | 'end' | 'ring' | 'answer';

/** Kills the process when it comes to that point, or does not. */
export type Reaper = (at: DeathPoint) => void;

/** Kinds whose every step passes the reaper. */
export function mortal(kinds: JobKinds, reap: Reaper): JobKinds {
  return async (name) => {
    const kind = await kinds(name);
    return kind && { ...kind, slice: (context) => mortalSlice(kind, context, reap) };
  };
}

async function mortalSlice(kind: JobKind<unknown, unknown>, context: JobContext<unknown>, reap: Reaper) {
  reap('slice');
  const end = await kind.slice({
    ...context,
    async hold(tx) {
      await context.hold(tx);
      reap('hold');
    },
    async commit(tx, progress) {
      await context.commit(tx, progress);
      reap('commit');
    },
  });
  reap('end');
  return end;
}

/** The process calls nobody but the queue by `fetch`. */
export function mortalFetch(reap: Reaper): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (...call) => {
    reap('ring');
    return fetch(...call);
  };
}
