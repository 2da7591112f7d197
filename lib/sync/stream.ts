import { isEntrepotError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { JobContext } from '#lib/jobs/contract.ts';
import { oneAhead } from './ahead.ts';
import { noCounts } from './counts.ts';
import { removeVanished } from './deletions/remove.ts';
import { listVanished } from './deletions/vanish.ts';
import { fenced } from './fence.ts';
import { noteCache, throughCache, whileKept } from './from-cache.ts';
import { loadPage } from './load.ts';
import { type MappedPage, mapPages } from './map.ts';
import { type OpenStream, openStream } from './open-stream.ts';
import { pagesOf } from './pages.ts';
import { resolveAnswered } from './parked.ts';
import { askedAt, endPass, findPass, type Pass, startPass } from './pass.ts';
import { holdSource, type Run, storeCounts, warn } from './run.ts';
import { spoolAll } from './spooled.ts';

/** More than a page of 5,000 rows takes; with less time left, the next slice goes on. */
const PAGE_MS = 5_000;

/** Goes on with a stream where its pass stands. Answers whether it came to the end within this slice. */
export async function syncStream(
  context: JobContext<unknown>,
  run: Run,
  name: string,
  incremental: boolean,
): Promise<boolean> {
  const stream = await openStream(context, run, name);
  const pass = await currentPass(context, run, stream, incremental);
  const finished = pass.ended || (await readAll(context, run, stream, pass));
  return finished && removeVanished(context, run, stream);
}

/** As `readOn`; where a bookmark or the cache does not keep what the pass was to read, the source is read in full. */
async function readAll(
  context: JobContext<unknown>,
  run: Run,
  stream: OpenStream,
  pass: Pass,
): Promise<boolean> {
  try {
    return await readOn(context, run, stream, pass);
  } catch (error) {
    const reason = reasonToReadInFull(error, pass);
    if (reason === undefined) throw error;
    return readOn(context, run, stream, await readInFull(context, run, stream, reason));
  }
}

/** Reads the pages that are left; in the transaction that ends the pass, what it has not seen is listed. */
async function readOn(
  context: JobContext<unknown>,
  run: Run,
  stream: OpenStream,
  begun: Pass,
): Promise<boolean> {
  let pass = begun;
  if (stream.spooled && pass.cursor === null) pass = await spoolAll(context, run, stream, pass);
  for await (const page of mappedPages(run, stream, pass)) {
    context.signal.throwIfAborted();
    pass = await loadPage(context, { run, stream, pass, page });
    if (context.timeLeft() < PAGE_MS) return false;
  }
  await fenced(context, async (tx) => {
    await holdSource(tx, run);
    await listVanished(tx, run, stream, pass);
    if (!run.dryRun) await resolveAnswered(tx, run, stream.name, pass.complete);
    await noteCache(tx, await whileKept(tx, pass, run));
    await endPass(tx, pass, run);
  });
  return true;
}

/** Out of the spool a page ahead, so that the database is not kept waiting; a vendor is not asked in vain. */
function mappedPages(run: Run, stream: OpenStream, pass: Pass): AsyncGenerator<MappedPage> {
  const { read } = run.counts[stream.name] ?? noCounts;
  const pages = mapPages(pagesOf(stream, pass), stream, askedAt(pass), { ...pass, read });
  return stream.spooled ? oneAhead(pages) : pages;
}

/** The pass that this run has begun, or a new one where it has none that can be gone on with. */
function currentPass(
  context: JobContext<unknown>,
  run: Run,
  stream: OpenStream,
  incremental: boolean,
): Promise<Pass> {
  return fenced(context, async (tx) => {
    const found = await findPass(tx, keyOf(run, stream));
    if (found && (found.cursor !== null || found.ended)) return found;
    return throughCache(tx, await beginPass(tx, run, stream, incremental), run);
  });
}

function keyOf({ sourceId, runId }: Run, { name }: OpenStream) {
  return { sourceId, stream: name, runId };
}

/** What an earlier try has counted and set aside is gone. */
async function beginPass(tx: Tx, run: Run, stream: OpenStream, incremental: boolean): Promise<Pass> {
  await holdSource(tx, run);
  for (const { countsAs } of stream.fitTo(undefined).targets) run.counts[countsAs] = noCounts;
  await storeCounts(tx, run, {});
  return startPass(tx, keyOf(run, stream), { ...stream.target, ...run, incremental });
}

/** Why a pass cannot go on as it was to be read, where reading the source in full can; in words for a person. */
function reasonToReadInFull(error: unknown, { since, cachedAt }: Pass): string | undefined {
  const code = isEntrepotError(error) ? error.code : undefined;
  if (code === 'bookmark_expired' && since !== null) {
    return 'The source no longer keeps the changes since the last sync, so everything was read.';
  }
  if (code === 'not_cached' && cachedAt !== null) {
    return 'The cache does not hold everything that was read before, so the source was read.';
  }
  return undefined;
}

function readInFull(
  context: JobContext<unknown>,
  run: Run,
  stream: OpenStream,
  reason: string,
): Promise<Pass> {
  return fenced(context, async (tx) => {
    await warn(tx, run, stream.name, reason);
    const cache = run.cache && { ...run.cache, force: true };
    return throughCache(tx, await beginPass(tx, run, stream, false), { ...run, cache });
  });
}
