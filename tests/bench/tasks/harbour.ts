import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import type { Demo } from '#supabase/local/demo.ts';
import { freePort } from '#supabase/local/ports.ts';
import { columns, key } from '#tests/bench/data.ts';
import { signUp } from '#tests/e2e/people.ts';
import { chromiumLaunch } from '#tests/support/chromium.ts';
import { serveFlights } from './flights-source.ts';

const root = join(import.meta.dirname, '../../..');
const START_PATIENCE_MS = 300_000;

/** The owner of a workspace, signed in. */
export interface Owner {
  /** Opens a page or a file. */
  open(path: string): Promise<Response>;
  /** Calls the API with a key of the workspace. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** The local stack in a folder of its own, seen by the owner of the demo workspace. */
export interface Harbour extends Owner {
  /** Signs up one owner more, with a workspace of their own. */
  signUp(): Promise<Owner>;
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
  const cookie = await inBrowser(demo.url, (page) => signIn(page, demo));
  return {
    ...ownerOf(demo.url, cookie, demo.apiKey),
    async signUp() {
      let key = '';
      const cookies = await inBrowser(demo.url, async (page) => {
        await signUp(page, 'harbour');
        const made = await page.request.post('/api/api-keys', {
          data: { name: 'Benchmark', scope: 'admin' },
        });
        key = (await made.json()).key;
      });
      return ownerOf(demo.url, cookies, key);
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

function ownerOf(url: string, cookie: string, key: string): Owner {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return {
    open: (path) => fetch(new URL(path, url), { headers: { cookie } }),
    async call(method, path, body) {
      const sent = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
      const response = await fetch(new URL(path, url), sent);
      const answer = await response.json();
      if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
      return answer as Answer;
    },
  };
}

async function signIn(page: Page, { email, password }: Demo): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/home');
}

/** The cookies that a new browser has after this was done in it. */
async function inBrowser(baseURL: string, enter: (page: Page) => Promise<unknown>): Promise<string> {
  const browser = await chromium.launch(chromiumLaunch());
  const page = await browser.newPage({ baseURL });
  await enter(page);
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
  const sources = await addSources(harbour, 'flights', vendor.url, ['North', 'South']);
  const exports = await each(['csv', 'ndjson'], (type) =>
    harbour.call('POST', '/api/exports', { name: type, dataset: 'flights', format: { type } }),
  );
  const busy = [...sources.map(({ id }) => sync(harbour, id)), ...exports.map(({ id }) => run(harbour, id))];
  const [job = ''] = await each(busy, async (start) => untilEnded(harbour, await start()));
  const names = { source: sources[0]?.id ?? '', export: exports[0]?.id ?? '', dataset: 'flights', job };
  return { names, busy, close: vendor.close };
}

/** A dataset, and sources that bring it the flights of this address. */
export async function addSources(
  owner: Owner,
  dataset: string,
  url: string,
  names: readonly string[],
): Promise<Answer[]> {
  await owner.call('POST', '/api/datasets', { name: dataset, label: dataset, columns, key });
  const fields = Object.fromEntries(columns.map(({ name }) => [name, name]));
  const stored = { sourceType: 'csv', config: { url }, streams: { rows: { dataset, fields } } };
  return each(names, (displayName) =>
    owner.call('POST', '/api/connectors/sources', { ...stored, displayName }),
  );
}

/** A full sync of a source; starts it, and gives the id of its job. */
export function sync(harbour: Owner, sourceId: string) {
  return async () => {
    const { runs } = await harbour.call('POST', '/api/external/sync', { sourceId, mode: 'full' });
    return runs[0]?.jobId ?? '';
  };
}

function run(harbour: Owner, exportId: string) {
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

export async function untilEnded(harbour: Owner, jobId: string): Promise<string> {
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
