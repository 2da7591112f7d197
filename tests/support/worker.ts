import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Timings } from '#lib/jobs/timings.ts';
import { type Receiver, startReceiver } from '#tests/support/receiver.ts';
import type { DeathPoint } from '#tests/support/worker-death.ts';

/** What a worker process is told. */
export interface WorkerOrders {
  /** The path of a module that exports `kinds: JobKinds`; the real ones where absent. */
  readonly kindsModule?: string;
  readonly timings?: Partial<Timings>;
  /** Dies by SIGKILL when it comes to this point for the nth time. */
  readonly killAt?: { readonly point: DeathPoint; readonly nth: number };
  /** How likely it dies at any point of a slice. */
  readonly killRate?: number;
  /** How many of the processes that follow one another may die so; all where absent. */
  readonly mortals?: number;
}

export interface Worker extends Receiver {
  /** Ends the present process; those that follow obey these orders. Counts their deaths from none. */
  obey(orders: WorkerOrders): Promise<void>;
  deaths(): number;
}

interface Life {
  readonly child: ChildProcess;
  readonly url: Promise<string>;
}

const program = join(import.meta.dirname, 'worker-process.ts');

/**
 * A worker in a process of its own behind one address; when it dies, another takes its place. Messages wait while
 * it starts, and the one that it died over gets no answer, as on a platform that starts functions on demand.
 * A process has the environment that this one has when it starts.
 */
export async function startWorker(): Promise<Worker> {
  let orders: WorkerOrders = {};
  let deaths = 0;
  let life: Life | undefined;
  let spare: ChildProcess | undefined;

  /** Another process is started ahead, so that a death costs little time. */
  function begin(): Life {
    const child = spare ?? fork(program);
    spare = fork(program);
    child.once('exit', (_code, signal) => {
      if (signal === 'SIGKILL') deaths += 1;
      life = undefined;
    });
    const { killAt: _, killRate: __, ...harmless } = orders;
    child.send(deaths < (orders.mortals ?? Infinity) ? orders : harmless);
    const started = once(child, 'message').then(([address]) => String(address));
    const died = once(child, 'exit').then(() => Promise.reject(new Error('the worker died')));
    return { child, url: Promise.race([started, died]) };
  }

  const front = await startReceiver(async (request) => {
    life ??= begin();
    return forward(request, life).catch(() => new Response(null, { status: 502 }));
  });

  return {
    url: front.url,
    deaths: () => deaths,
    async obey(next) {
      await ended(life?.child);
      orders = next;
      deaths = 0;
    },
    async close() {
      await front.close();
      await Promise.all([ended(life?.child), ended(spare)]);
    },
  };
}

async function ended(child: ChildProcess | undefined): Promise<void> {
  if (!child) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

async function forward(request: Request, { url }: Life): Promise<Response> {
  const target = (await url) + new URL(request.url).pathname;
  const headers = [...request.headers].filter(([name]) => /^(upstash|content-type)/.test(name));
  return fetch(target, { method: request.method, headers, body: await request.text() });
}
