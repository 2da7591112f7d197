import { AsyncLocalStorage } from 'node:async_hooks';
import { EntrepotError } from '#lib/core/errors.ts';
import { receive } from '#lib/jobs/receive.ts';
import { jobKinds } from '#lib/jobs/registry.ts';
import type { Timings } from '#lib/jobs/timings.ts';
import { type Receiver, startReceiver } from '#tests/support/receiver.ts';
import { type Death, type DeathPoint, mortal, mortalFetch } from '#tests/support/worker-death.ts';

/** A worker in this process that can be cut off in the middle of its work. */
export interface BrittleWorker extends Receiver {
  /** Cuts the work off when it next comes to that point for the nth time; once. */
  cutOffAt(death: Death | null): void;
  /** How likely the work is cut off each time that it comes to a point. */
  readonly cutOffRates: Partial<Record<DeathPoint, number>>;
  /** How often it was cut off at that point. */
  cuts(point: DeathPoint): number;
}

/**
 * Leaves what a SIGKILL leaves, without the start of another process: the transaction is rolled back, the job stays
 * leased, nothing is noted of it, and the queue gets no answer. Each message is a worker of its own.
 */
export async function startBrittleWorker(timings: Timings): Promise<BrittleWorker> {
  const message = new AsyncLocalStorage<{ isCut: boolean }>();
  const cutOffRates: BrittleWorker['cutOffRates'] = {};
  const cuts: DeathPoint[] = [];
  let next: Death | null = null;
  let passed = 0;

  function reap(point: DeathPoint): void {
    const at = message.getStore();
    if (!at) return;
    const isNamed = point === next?.point && ++passed === next.nth;
    if (!isNamed && Math.random() >= (cutOffRates[point] ?? 0)) return;
    if (isNamed) next = null;
    cuts.push(point);
    at.isCut = true;
    // What it has told the queue stays told.
    if (point !== 'rung') throw new EntrepotError('lease_lost', 'The worker was cut off.');
  }

  mortalFetch(reap);
  const kinds = mortal(jobKinds, reap);
  const receiver = await startReceiver((request) =>
    message.run({ isCut: false }, async () => {
      const response = await receive(request, { kinds, timings });
      return message.getStore()?.isCut ? new Response(null, { status: 502 }) : response;
    }),
  );
  return {
    ...receiver,
    cutOffAt(death) {
      next = death;
      passed = 0;
    },
    cutOffRates,
    cuts: (point) => cuts.filter((each) => each === point).length,
  };
}
