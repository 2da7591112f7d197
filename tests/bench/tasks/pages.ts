import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Ground } from '#tests/bench/ground.ts';
import { serveFlights } from './flights-source.ts';
import { addSources, furnish, type Harbour, keepBusy, startHarbour, sync, untilEnded } from './harbour.ts';
import { percentile95 } from './percentile.ts';
import type { Measured } from './registry.ts';

/** Every page of the dashboard; `{…}` is filled in by what the workspace of the benchmark has. */
export const dashboardPages = [
  '/home',
  '/sources',
  '/sources/new',
  '/sources/{source}',
  '/data',
  '/data/{dataset}',
  '/exports',
  '/exports/new',
  '/exports/{export}',
  '/jobs',
  '/jobs/{job}',
  '/settings/profile',
  '/settings/members',
  '/settings/api-keys',
  '/settings/audit',
  '/settings/health',
] as const;

/** A page of the same build that shows nothing of its own. */
const EMPTY_PAGE = '/nothing/is/here';
const VISITS = 160;
const CROWD = ['North', 'South', 'East', 'West'];
const CROWD_ROWS = 20_000;

/**
 * The whole local stack as a user starts it: what each page's scripts weigh, and how long pages take to arrive
 * while two sources are synced and two exports run, over and over, and while sixteen sources in four workspaces are
 * synced at once.
 */
export async function pages({ folder }: Ground, { rows }: { readonly rows: number }): Promise<Measured> {
  const harbour = await startHarbour();
  try {
    const { names, busy, close } = await furnish(harbour, join(folder, 'pages.csv'), rows);
    const paths = dashboardPages.map((page) => page.replace(/\{(\w+)\}/g, (_, name) => names[name] ?? ''));
    const weights: Record<string, number> = { emptyKb: await scriptKb(harbour, EMPTY_PAGE) };
    for (const [index, page] of dashboardPages.entries()) {
      weights[page] = await scriptKb(harbour, paths[index] ?? '');
    }
    const seconds = await keepBusy(harbour, busy, () => visit(harbour, paths, (visits) => visits === VISITS));
    close();
    const crowdedSeconds = await visitBesideCrowd(harbour, join(folder, 'crowd.csv'), paths);
    return { ...weights, seconds: percentile95(seconds), crowdedSeconds: percentile95(crowdedSeconds) };
  } finally {
    await harbour.stop();
  }
}

/** What the scripts that a page names weigh, compressed, in kB. */
async function scriptKb(harbour: Harbour, path: string): Promise<number> {
  const html = await (await harbour.open(path)).text();
  const tags = html.match(/<script\b[^>]*\bsrc="[^"]+"[^>]*>/g) ?? [];
  const modern = tags.filter((tag) => !/\bnomodule\b/i.test(tag));
  const sources = new Set(modern.map((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? ''));
  let bytes = 0;
  for (const source of sources) {
    const script = await (await harbour.open(source)).arrayBuffer();
    bytes += gzipSync(Buffer.from(script)).byteLength;
  }
  return bytes / 1e3;
}

/** Opens the pages in turn while sixteen sources in four workspaces, of which this is one, are synced at once. */
async function visitBesideCrowd(harbour: Harbour, path: string, paths: readonly string[]): Promise<number[]> {
  const vendor = await serveFlights(path, CROWD_ROWS);
  const others = [await harbour.signUp(), await harbour.signUp(), await harbour.signUp()];
  const starts = [];
  for (const owner of [harbour, ...others]) {
    for (const { id } of await addSources(owner, 'crowd', vendor.url, CROWD)) {
      starts.push({ owner, start: sync(owner, id) });
    }
  }
  let done = false;
  const all = Promise.all(starts.map(async ({ owner, start }) => untilEnded(owner, await start())));
  const seconds = visit(harbour, paths, () => done);
  await all.finally(() => {
    done = true;
  });
  vendor.close();
  return seconds;
}

/** Opens the pages in turn until it is enough; gives how long each took to arrive whole, in seconds. */
async function visit(
  harbour: Harbour,
  paths: readonly string[],
  enough: (visits: number) => boolean,
): Promise<number[]> {
  const seconds: number[] = [];
  for (let n = 0; !enough(n); n += 1) {
    const start = performance.now();
    const response = await harbour.open(paths[n % paths.length] ?? '');
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${response.url} answered ${response.status}`);
    seconds.push((performance.now() - start) / 1_000);
  }
  return seconds;
}
