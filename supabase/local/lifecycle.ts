type Stop = () => Promise<void> | void;

/** What has been started, and the one way to end all of it. */
export interface Lifecycle {
  /** Aborted as soon as the stop begins, for work that is still under way. */
  readonly signal: AbortSignal;
  /** Runs the start itself, which a stop lets come to its end first, so that nothing is half started. */
  start<T>(work: () => Promise<T>): Promise<T>;
  /** Registers how to end something that has just been started; ends it at once when the stop has begun. */
  onStop(stop: Stop): Promise<void>;
  /** Ends everything, the latest first, and then the process. Further calls change nothing. */
  stop(exitCode: number): Promise<void>;
}

/** A lifecycle that ends on Ctrl-C, on TERM, when the terminal closes, and on an error that nobody caught. */
export function createLifecycle(onError: (error: unknown) => void): Lifecycle {
  const aborting = new AbortController();
  const stops: Stop[] = [];
  let starting: Promise<unknown> = Promise.resolve();

  async function stop(exitCode: number): Promise<void> {
    if (aborting.signal.aborted) return;
    aborting.abort();
    await starting.catch(() => {});
    for (const each of stops.reverse()) await quietly(each, onError);
    process.exit(exitCode);
  }

  async function fail(error: unknown): Promise<void> {
    if (!aborting.signal.aborted) onError(error);
    await stop(1);
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  // The terminal may be gone before the last lines are written.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  return {
    signal: aborting.signal,
    start(work) {
      const started = work();
      starting = started;
      return started;
    },
    async onStop(each) {
      if (aborting.signal.aborted) await quietly(each, onError);
      else stops.push(each);
    },
    stop,
  };
}

/** One service that cannot be ended must not keep the others running. */
async function quietly(stop: Stop, onError: (error: unknown) => void): Promise<void> {
  try {
    await stop();
  } catch (error) {
    onError(error);
  }
}
