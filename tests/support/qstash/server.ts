import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Clock } from './clock.ts';
import { type DeadLetter, deadLetters } from './dead-letters.ts';
import { deduplication } from './deduplication.ts';
import { courier, type Delivery } from './delivery.ts';
import { type Faults, noFaults } from './faults.ts';
import { listener } from './listener.ts';
import type { Message } from './message.ts';
import { startQueue } from './queue.ts';
import { startSchedules } from './schedules.ts';
import { sign } from './signature.ts';

/** How the emulator is started. */
export type QstashOptions = {
  /** The port on 127.0.0.1; a free one when left out. */
  readonly port?: number;
  /** The bearer token that every call must carry. */
  readonly token: string;
  readonly currentSigningKey: string;
  readonly nextSigningKey: string;
  /** Multiplies every wait before a retry; 1 when left out, 0 retries at once. */
  readonly retryDelayScale?: number;
  /** What time the queue believes it is: due times, deduplication, schedules, signatures. */
  readonly now?: Clock;
  /** Decides which attempts a fault hits. */
  readonly random?: () => number;
};

/** A running emulator. */
export type Qstash = {
  /** What `QSTASH_URL` is set to. */
  readonly url: string;
  /** What goes wrong; all quiet at the start, each field may be set at any time. */
  readonly faults: Faults;
  /** The last thousand requests that went to targets, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** The messages still on their way. */
  messages(): readonly Message[];
  /** The messages nobody took, oldest first. */
  deadLetters(): readonly DeadLetter[];
  /** Resolves once no message is on its way; one with a delay is, until it has been delivered. */
  idle(): Promise<void>;
  /** Cuts every connection and forgets everything; nothing is sent afterwards. */
  close(): Promise<void>;
};

const KEPT_DELIVERIES = 1000;

/**
 * Starts a server that speaks the part of the QStash v2 API this project uses to the unchanged `@upstash/qstash`.
 * Everything is in memory: a restart loses messages, schedules, dead letters and deduplication ids. Whoever sends
 * through it must be able to send again, as the sweeper does, and puts its schedules anew at every start.
 */
export async function startQstash(options: QstashOptions): Promise<Qstash> {
  const { now = Date.now, random = Math.random, retryDelayScale = 1 } = options;
  const faults = noFaults();
  const deliveries: Delivery[] = [];
  const carrier = courier({
    faults,
    random,
    sign: (url, body) =>
      sign(faults.signWith === 'next' ? options.nextSigningKey : options.currentSigningKey, url, body, now()),
    record(delivery) {
      deliveries.push(delivery);
      if (deliveries.length > KEPT_DELIVERIES) deliveries.shift();
    },
  });
  const dead = deadLetters(now);
  const queue = startQueue({ courier: carrier, deadLetters: dead, faults, retryDelayScale, now });
  const schedules = startSchedules(queue.accept, now);
  const parts = { queue, deadLetters: dead, deduplication: deduplication(now), schedules, now };
  const server = createServer(listener({ token: options.token, faults, parts }));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    deliveries,
    messages: queue.pending,
    deadLetters: dead.all,
    idle: queue.idle,
    async close() {
      schedules.close();
      await closed(server);
      await queue.close();
      await carrier.close();
    },
  };
}

async function closed(server: Server): Promise<void> {
  const done = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await done;
}
