import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import type { Demo } from '#supabase/local/demo.ts';
import { freePort } from '#supabase/local/ports.ts';
import { columns, key } from '#tests/bench/data.ts';
import { chromiumLaunch } from '#tests/support/chromium.ts';
import { serveFlights } from './flights-source.ts';

const root = join(import.meta.dirname, '../../..');
const START_PATIENCE_MS = 300_000;

/** The local stack in a folder of its own, seen by the signed-in owner of the demo workspace. */
export interface Harbour {
  /** Opens a page or a file of it. */
  open(path: string): Promise<Response>;
  /** Calls its API with the demo key. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

interface Answer {
  readonly id: string;
  readonly status: string;
  readonly jobId: string;
  readonly runs: readonly { readonly jobId: string }[];
}

export async function startHarbour(): Promise<Harbour> {
  const port = await freePort();
  const folder = join(root, `.local/bench-${port}`);
  const stack = spawn(process.execPath, ['supabase/local/up.ts'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), LOCAL_FOLDER: folder },
    stdio: 'ignore',
  });
  const demo = await demoOf(stack, join(folder, 'demo.json'));
  const cookie = await signIn(demo);
  const authorization = `Bearer ${demo.apiKey}`;
  return {
    open: (path) => fetch(new URL(path, demo.url), { headers: { cookie } }),
    async call(method, path, body) {
      const headers = { authorization, 'content-type': 'application/json' };
      const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const response = await fetch(new URL(path, demo.url), sent);
      const answer = await response.json();
      if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
      return answer as Answer;
    },
    async stop() {
      const ended = once(stack, 'exit');
      stack.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** What the stack tells scripts, once it answers. */
async function demoOf(stack: ChildProcess, path: string): Promise<Demo> {
  const deadline = Date.now() + START_PATIENCE_MS;
  while (!existsSync(path)) {
    if (stack.exitCode !== null || Date.now() > deadline) throw new Error('the local stack did not start');
    await sleep(200);
  }
  return JSON.parse(readFileSync(path, 'utf8')) as Demo;
}

/** The cookies of a browser in which the demo user has signed in. */
async function signIn({ url, email, password }: Demo): Promise<string> {
  const browser = await chromium.launch(chromiumLaunch());
  const page = await browser.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/home');
  const cookies = await page.context().cookies();
  await browser.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

interface Furnished {
  /** What stands for `{source}`, `{dataset}`, `{export}` and `{job}` in a page's address. */
  readonly names: Readonly<Record<string, string>>;
  /** Work to be done over and over: each starts a job and gives its id. */
  readonly busy: readonly (() => Promise<string>)[];
  close(): void;
}

/** A dataset with two sources that feed it and two exports of it, once synced and shipped. */
export async function furnish(harbour: Harbour, path: string, rows: number): Promise<Furnished> {
  const vendor = await serveFlights(path, rows);
  await harbour.call('POST', '/api/datasets', { name: 'flights', label: 'Flights', columns, key });
  const fields = Object.fromEntries(columns.map(({ name }) => [name, name]));
  const sources = await each(['North', 'South'], (displayName) =>
    harbour.call('POST', '/api/connectors/sources', {
      sourceType: 'csv',
      displayName,
      config: { url: vendor.url },
      streams: { rows: { dataset: 'flights', fields } },
    }),
  );
  const exports = await each(['csv', 'ndjson'], (type) =>
    harbour.call('POST', '/api/exports', { name: type, dataset: 'flights', format: { type } }),
  );
  const busy = [...sources.map(({ id }) => sync(harbour, id)), ...exports.map(({ id }) => run(harbour, id))];
  const [job = ''] = await each(busy, async (start) => untilEnded(harbour, await start()));
  const names = { source: sources[0]?.id ?? '', export: exports[0]?.id ?? '', dataset: 'flights', job };
  return { names, busy, close: vendor.close };
}

function sync(harbour: Harbour, sourceId: string) {
  return async () => {
    const { runs } = await harbour.call('POST', '/api/external/sync', { sourceId, mode: 'full' });
    return runs[0]?.jobId ?? '';
  };
}

function run(harbour: Harbour, exportId: string) {
  return async () => (await harbour.call('POST', `/api/exports/${exportId}/run`)).jobId;
}

/** Does all of `busy`, each anew as soon as it has ended, as long as `work` takes. */
export async function keepBusy<Result>(
  harbour: Harbour,
  busy: Furnished['busy'],
  work: () => Promise<Result>,
): Promise<Result> {
  const done = new AbortController();
  const loops = busy.map(async (start) => {
    while (!done.signal.aborted) await untilEnded(harbour, await start());
  });
  const result = await work().finally(() => done.abort());
  await Promise.all(loops);
  return result;
}

async function untilEnded(harbour: Harbour, jobId: string): Promise<string> {
  for (;;) {
    const { status } = await harbour.call('GET', `/api/jobs/${jobId}`);
    if (status === 'completed') return jobId;
    if (status === 'failed' || status === 'cancelled') throw new Error(`job ${jobId} has ${status}`);
    await sleep(250);
  }
}

async function each<Item, Made>(
  items: readonly Item[],
  make: (item: Item) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  for (const item of items) made.push(await make(item));
  return made;
}
