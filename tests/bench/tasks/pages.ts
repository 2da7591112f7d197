import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Ground } from '#tests/bench/ground.ts';
import { furnish, type Harbour, keepBusy, startHarbour } from './harbour.ts';
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

/**
 * The whole local stack as a user starts it: what each page's scripts weigh, and how long pages take to arrive
 * while two sources are synced and two exports run, over and over.
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
    const seconds = await keepBusy(harbour, busy, () => visit(harbour, paths));
    close();
    return { ...weights, seconds: percentile95(seconds) };
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

/** Opens the pages in turn; gives how long each took to arrive whole, in seconds. */
async function visit(harbour: Harbour, paths: readonly string[]): Promise<number[]> {
  const seconds: number[] = [];
  for (let n = 0; n < VISITS; n += 1) {
    const start = performance.now();
    const response = await harbour.open(paths[n % paths.length] ?? '');
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${response.url} answered ${response.status}`);
    seconds.push((performance.now() - start) / 1_000);
  }
  return seconds;
}
