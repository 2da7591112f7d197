import { Client } from '@upstash/qstash';
import { startQstash } from '#tests/support/qstash/server.ts';
import type { LocalSecrets } from './secrets.ts';

export interface LocalQueue {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The queue forgets its messages when it stops. What an earlier start left waiting is rung as soon as the
 * application answers, what it left running when its lease of 45 s has ended.
 */
const AFTER_START_SECONDS = [5, 50];

/** The queue's stand-in, which rings the application's sweeper and starts what is due, as Vercel's cron does. */
export async function startQueue(port: number, secrets: LocalSecrets, appUrl: string): Promise<LocalQueue> {
  const { queueToken: token, currentSigningKey, nextSigningKey } = secrets;
  const queue = await startQstash({ port, token, currentSigningKey, nextSigningKey });
  const client = new Client({ baseUrl: queue.url, token, devMode: false, enableTelemetry: false });
  const destination = `${appUrl}/api/cron/sweep`;
  const headers = { authorization: `Bearer ${secrets.cronSecret}` };
  const sweep = { method: 'GET', headers, retries: 0 } as const;
  await client.schedules.create({ ...sweep, destination, scheduleId: 'sweep', cron: '* * * * *' });
  await client.schedules.create({
    ...sweep,
    destination: `${appUrl}/api/external/sync`,
    scheduleId: 'sync',
    cron: '*/5 * * * *',
  });
  for (const delay of AFTER_START_SECONDS) await client.publish({ ...sweep, url: destination, delay });
  return queue;
}
