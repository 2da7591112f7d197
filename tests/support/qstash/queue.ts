import { setTimeout as sleep } from 'node:timers/promises';

import { type Clock, sleepUntil } from './clock.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Answer, Courier } from './delivery.ts';
import { failureCallback } from './failure-callback.ts';
import type { Faults } from './faults.ts';
import type { Message } from './message.ts';
import { retryDelayMs } from './retry-delay.ts';

/** The messages on their way: each is attempted when due until it is taken, cancelled or a dead letter. */
export type Queue = {
  accept(message: Message): void;
  find(id: string): Message | undefined;
  pending(): readonly Message[];
  /** Ends a message, in the middle of an attempt too; whether it was still on its way. */
  cancel(id: string): boolean;
  /** Resolves once nothing is on its way, failure callbacks included. */
  idle(): Promise<void>;
  /** Ends every message. */
  close(): Promise<void>;
};

type Tools = {
  readonly courier: Courier;
  readonly deadLetters: DeadLetters;
  readonly faults: Faults;
  readonly retryDelayScale: number;
  readonly now: Clock;
};

type Journey = { readonly message: Message; readonly end: AbortController; readonly done: Promise<void> };

const HELD_LOOK_MS = 20;

/** A queue with nothing in it. */
export function startQueue({ courier, deadLetters, faults, retryDelayScale, now }: Tools): Queue {
  const journeys = new Map<string, Journey>();

  async function travel(message: Message, signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleepUntil(message.notBefore, now, signal);
      while (faults.holdDeliveries) await sleep(HELD_LOOK_MS, undefined, { signal });
      const answer = await courier.deliver(message, signal);
      if (signal.aborted || isTaken(answer)) return;
      if (isFinal(answer) || message.retried >= message.maxRetries) return bury(message, answer);
      message.notBefore = now() + retryDelayMs(message, answer, now()) * retryDelayScale;
      message.retried += 1;
    }
  }

  function bury(message: Message, answer: Answer): void {
    const callback = failureCallback(deadLetters.add(message, answer), now());
    if (callback) accept(callback);
  }

  function accept(message: Message): void {
    const end = new AbortController();
    const done = travel(message, end.signal)
      .catch((error: unknown) => {
        if (!end.signal.aborted) throw error;
      })
      .finally(() => journeys.delete(message.id));
    journeys.set(message.id, { message, end, done });
  }

  async function idle(): Promise<void> {
    while (journeys.size > 0) await Promise.all([...journeys.values()].map(({ done }) => done));
  }

  return {
    accept,
    idle,
    find: (id) => journeys.get(id)?.message,
    pending: () => [...journeys.values()].map(({ message }) => message),
    cancel(id) {
      journeys.get(id)?.end.abort();
      return journeys.delete(id);
    },
    async close() {
      for (const { end } of journeys.values()) end.abort();
      await idle();
    },
  };
}

function isTaken({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** The target's word that another attempt is of no use. */
function isFinal({ status, headers }: Answer): boolean {
  return status === 489 && headers['upstash-nonretryable-error']?.[0] === 'true';
}
