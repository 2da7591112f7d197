import { Client } from '@upstash/qstash';
import { startQstash } from '#tests/support/qstash/server.ts';
import type { LocalSecrets } from './secrets.ts';

export interface LocalQueue {
  readonly url: string;
  close(): Promise<void>;
}

/** The queue's stand-in, which rings the application's sweeper each minute as Vercel's cron does. */
export async function startQueue(port: number, secrets: LocalSecrets, appUrl: string): Promise<LocalQueue> {
  const { queueToken: token, currentSigningKey, nextSigningKey } = secrets;
  const queue = await startQstash({ port, token, currentSigningKey, nextSigningKey });
  const client = new Client({ baseUrl: queue.url, token, devMode: false, enableTelemetry: false });
  await client.schedules.create({
    destination: `${appUrl}/api/cron/sweep`,
    scheduleId: 'sweep',
    cron: '* * * * *',
    method: 'GET',
    headers: { authorization: `Bearer ${secrets.cronSecret}` },
    retries: 0,
  });
  return queue;
}
