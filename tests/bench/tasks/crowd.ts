import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApiKey } from '#lib/auth/api-keys.ts';
import type { Session } from '#lib/auth/session.ts';
import { createSource } from '#lib/sources/sources.ts';
import { type Ground, newDataset } from '#tests/bench/ground.ts';
import { startReceiver } from '#tests/support/receiver.ts';
import { dispatch, loadRoutes } from '#tests/support/routes.ts';
import { startStack } from '#tests/support/run-jobs.ts';
import { type ApiSource, requireDone, startApiSync } from './api-source.ts';
import { serveFlights } from './flights-source.ts';
import { percentile95 } from './percentile.ts';
import type { Measured } from './registry.ts';
import { sourceOf } from './sync.ts';

const WORKSPACES = 4;
const SOURCES_EACH = 4;
const PAUSE_MS = 100;

/**
 * Sixteen sources of so many rows each, in four workspaces, synced at once; and how long the API's routes take to
 * answer meanwhile, by the same process.
 */
export async function crowd(
  { database, supabase, folder }: Ground,
  { rows }: { readonly rows: number },
): Promise<Measured> {
  const stack = await startStack(database, { environment: supabase });
  const vendor = await serveFlights(join(folder, 'crowd.csv'), rows);
  const sources: ApiSource[] = [];
  for (let n = 0; n < WORKSPACES; n += 1) {
    const { session } = await newDataset(database, 'synced');
    for (let of = 0; of < SOURCES_EACH; of += 1) {
      const { id } = await createSource(session, sourceOf(vendor.url));
      sources.push({ session, id });
    }
  }
  const start = performance.now();
  const jobs = await Promise.all(sources.map((source) => startApiSync(source)));
  const ended = new AbortController();
  const all = Promise.all(jobs.map((job) => requireDone(stack, job, { inserted: rows })));
  const visits = visit(sources[0] as ApiSource, ended.signal);
  await all.finally(() => ended.abort());
  const seconds = (performance.now() - start) / 1_000;
  const answerSeconds = percentile95(await visits);
  vendor.close();
  await stack.close();
  return { seconds, answerSeconds, rowsPerSecond: (sources.length * rows) / seconds };
}

/** Asks for what pages show, over and over; gives how long each answer took, in seconds. */
async function visit({ session, id }: ApiSource, over: AbortSignal): Promise<number[]> {
  const routes = await loadRoutes();
  const server = await startReceiver((request) => dispatch(routes, request));
  const headers = { authorization: `Bearer ${await keyOf(session)}` };
  const paths = ['sources', `sources/${id}`, `sources/${id}/runs`].map((path) => `/api/connectors/${path}`);
  paths.push('/api/jobs', '/api/datasets', '/api/datasets/synced/rows?limit=50');
  const seconds: number[] = [];
  for (let n = 0; !over.aborted; n += 1) {
    const start = performance.now();
    const response = await fetch(server.url + paths[n % paths.length], { headers });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${response.url} answered ${response.status}`);
    seconds.push((performance.now() - start) / 1_000);
    await sleep(PAUSE_MS);
  }
  await server.close();
  return seconds;
}

async function keyOf(session: Session): Promise<string> {
  return (await createApiKey(session, { name: 'Visits', scope: 'read' })).key;
}
