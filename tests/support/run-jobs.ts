import { closePools } from '#lib/db/pool.ts';
import { receive } from '#lib/jobs/receive.ts';
import { defaultWorkshop, type Workshop } from '#lib/jobs/runner.ts';
import type { TestDatabase } from '#tests/support/database.ts';
import { useEnvironment as setEnvironment } from '#tests/support/environment.ts';
import { type JobWatch, watchJobs } from '#tests/support/job-watch.ts';
import type { Qstash } from '#tests/support/qstash/server.ts';
import { type Receiver, startReceiver } from '#tests/support/receiver.ts';
import { startTestQueue } from '#tests/support/test-queue.ts';

export interface Stack extends JobWatch {
  readonly queue: Qstash;
  /** Ends the application's database connections too; to be called before the database is dropped. */
  close(): Promise<void>;
}

interface StackOptions {
  readonly environment?: Parameters<typeof setEnvironment>[1];
  /** What the receiver in this process works with, where it is not the real kinds and times. */
  readonly workshop?: Partial<Workshop>;
  /** A receiver to use instead: `startWorker()`, to be killed. */
  readonly receiver?: Receiver;
  /** How long the queue waits before a retry, of the real time; a fiftieth where absent. */
  readonly retryDelayScale?: number;
}

/**
 * A queue, and a receiver in this process that it calls; the environment is set to both and to `database`. To be
 * called before the code under test first asks for its environment.
 */
export async function startStack(
  database: Omit<TestDatabase, 'drop'>,
  options: StackOptions = {},
): Promise<Stack> {
  const answer = (request: Request) => receive(request, { ...defaultWorkshop(), ...options.workshop });
  const receiver = options.receiver ?? (await startReceiver(answer));
  const queue = await startTestQueue(options.retryDelayScale);
  setEnvironment(database, { APP_URL: receiver.url, QSTASH_URL: queue.url, ...options.environment });
  const jobs = watchJobs(database);
  return {
    queue,
    ...jobs,
    async close() {
      await queue.close();
      await receiver.close();
      await jobs.close();
      await closePools();
    },
  };
}
