import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Timings } from '#lib/jobs/timings.ts';
import { type Receiver, startReceiver } from '#tests/support/receiver.ts';
import type { Death, DeathPoint } from '#tests/support/worker-death.ts';

/** What a worker process is told. */
export interface LifeOrders {
  /** The path of a module that exports `kinds: JobKinds`; the real ones where absent. */
  readonly kindsModule?: string;
  readonly timings?: Partial<Timings>;
  /** Dies by SIGKILL there. */
  readonly killAt?: Death | undefined;
  /** How likely it dies each time that it comes to a point. */
  readonly killRates?: Partial<Record<DeathPoint, number>>;
}

/** What the processes that follow one another are told. */
export interface WorkerOrders extends Omit<LifeOrders, 'killAt'> {
  /** Where each of them dies; of a list the first at its first, and so on, and those past its end nowhere. */
  readonly killAt?: Death | readonly Death[];
}

export interface Worker extends Receiver {
  /** Ends the present process; those that follow obey these orders. Counts their deaths from none. */
  obey(orders: WorkerOrders): Promise<void>;
  /** How many have died, at that point or at any. */
  deaths(point?: DeathPoint): number;
}

interface Life {
  readonly child: ChildProcess;
  readonly url: Promise<string>;
}

type Said = { readonly url: string } | { readonly diesAt: DeathPoint };

const program = join(import.meta.dirname, 'worker-process.ts');
/** Halves what the start of a process takes. */
const cache = join(tmpdir(), 'entrepot-compile-cache');
const start = () => fork(program, { env: { ...process.env, NODE_COMPILE_CACHE: cache } });

/**
 * A worker in a process of its own behind one address; when it dies, another takes its place. Messages wait while
 * it starts, and the one that it died over gets no answer, as on a platform that starts functions on demand.
 * A process has the environment that this one has when it starts.
 */
export async function startWorker(): Promise<Worker> {
  let orders: WorkerOrders = {};
  let deaths: DeathPoint[] = [];
  let life: Life | undefined;
  let spare: ChildProcess | undefined;
  /** Until then the last one may be heard to say where it dies. */
  let ended: Promise<unknown> = Promise.resolve();

  /** Another process is started ahead, so that a death costs little time. */
  function begin(): Life {
    const child = spare ?? start();
    spare = start();
    const silent = once(child, 'disconnect');
    const died = once(child, 'exit').then(() => {
      life = undefined;
      ended = silent;
      throw new Error('the worker died');
    });
    died.catch(() => undefined);
    child.send(lifeOrders(orders, deaths.length));
    const started = new Promise<string>((resolve) => {
      child.on('message', (said: Said) => {
        if ('url' in said) resolve(said.url);
        else deaths.push(said.diesAt);
      });
    });
    return { child, url: Promise.race([started, died]) };
  }

  const front = await startReceiver(async (request) => {
    await ended;
    life ??= begin();
    return forward(request, life).catch(() => new Response(null, { status: 502 }));
  });

  return {
    url: front.url,
    deaths: (point) => deaths.filter((each) => point === undefined || each === point).length,
    async obey(next) {
      await end(life?.child);
      orders = next;
      deaths = [];
    },
    async close() {
      await front.close();
      await Promise.all([end(life?.child), end(spare)]);
    },
  };
}

function lifeOrders({ killAt, ...orders }: WorkerOrders, deaths: number): LifeOrders {
  const isList = (at: WorkerOrders['killAt']): at is readonly Death[] => Array.isArray(at);
  return { ...orders, killAt: isList(killAt) ? killAt[deaths] : killAt };
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

async function forward(request: Request, { url }: Life): Promise<Response> {
  const target = (await url) + new URL(request.url).pathname;
  const headers = [...request.headers].filter(([name]) => /^(upstash|content-type)/.test(name));
  return fetch(target, { method: request.method, headers, body: await request.text() });
}
