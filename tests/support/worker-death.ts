import type { JobContext, JobKind } from '#lib/jobs/contract.ts';
import type { JobKinds } from '#lib/jobs/registry.ts';

/**
 * Where a worker can die: before its slice, which is after the claim; inside a page's transaction, before the page
 * or after it and not yet committed; once it is committed; after the slice; before it rings the next turn and after;
 * and before it answers the queue.
 */
export type DeathPoint = 'slice' | 'hold' | 'commit' | 'committed' | 'end' | 'ring' | 'rung' | 'answer';

/** The nth time that a worker comes to a point. */
export interface Death {
  readonly point: DeathPoint;
  readonly nth: number;
}

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
  let isCommitting = false;
  /** Whatever a slice does next is done once its transaction is committed. */
  const nextStep = () => {
    if (!isCommitting) return;
    isCommitting = false;
    reap('committed');
  };
  reap('slice');
  const end = await kind.slice({
    ...context,
    timeLeft() {
      nextStep();
      return context.timeLeft();
    },
    async hold(tx) {
      nextStep();
      await context.hold(tx);
      reap('hold');
    },
    async commit(tx, progress) {
      await context.commit(tx, progress);
      reap('commit');
      isCommitting = true;
    },
  });
  nextStep();
  reap('end');
  return end;
}

/** The process calls nobody but the queue by `fetch`. */
export function mortalFetch(reap: Reaper): void {
  const { fetch } = globalThis;
  globalThis.fetch = async (...call) => {
    reap('ring');
    const response = await fetch(...call);
    reap('rung');
    return response;
  };
}
