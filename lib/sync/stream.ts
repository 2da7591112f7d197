import { EntrepotError } from '#lib/core/errors.ts';
import type { JobContext } from '#lib/jobs/contract.ts';
import { oneAhead } from './ahead.ts';
import { noCounts } from './counts.ts';
import { fenced } from './fence.ts';
import { loadPage } from './load.ts';
import { type MappedPage, mapPages, requireColumns } from './map.ts';
import { type OpenStream, openStream } from './open-stream.ts';
import { livePages, pagesOf, spool } from './pages.ts';
import { endPass, findPass, movePass, type Pass, startPass } from './pass.ts';
import { holdSource, type Run, storeCounts } from './run.ts';
import { markSpooled } from './spooled.ts';

/** More than a page of 5,000 rows takes; with less time left, the next slice goes on. */
const PAGE_MS = 5_000;

/** Goes on with a stream where its pass stands. Answers whether it came to the end within this slice. */
export async function syncStream(context: JobContext<unknown>, run: Run, name: string): Promise<boolean> {
  const stream = await openStream(context, run, name);
  let pass = await currentPass(context, run, stream);
  if (pass.ended) return true;
  if (stream.spooled && pass.cursor === null) pass = await spoolAll(context, run, stream, pass);
  for await (const page of mappedPages(stream, pass)) {
    context.signal.throwIfAborted();
    pass = await loadPage(context, { run, stream, pass, page });
    if (context.timeLeft() < PAGE_MS) return false;
  }
  await fenced(context, (tx) => endPass(tx, pass));
  return true;
}

/** Out of the spool a page ahead, so that the database is not kept waiting; a vendor is not asked in vain. */
function mappedPages(stream: OpenStream, pass: Pass): AsyncGenerator<MappedPage> {
  const pages = mapPages(pagesOf(stream, pass), stream, pass.startedAt);
  return stream.spooled ? oneAhead(pages) : pages;
}

/** The pass that this run has begun, or a new one where it has none that can be gone on with. */
function currentPass(context: JobContext<unknown>, run: Run, { name, target }: OpenStream): Promise<Pass> {
  const key = { sourceId: run.sourceId, stream: name, runId: run.runId };
  return fenced(context, async (tx) => {
    const found = await findPass(tx, key);
    if (found && (found.cursor !== null || found.ended)) return found;
    await holdSource(tx, run);
    run.counts[name] = noCounts;
    await storeCounts(tx, run, name, noCounts);
    return startPass(tx, key, { ...target, mappingVersion: run.mappingVersion });
  });
}

/** Brings the whole body into the spool, in this slice or not at all. */
async function spoolAll(
  context: JobContext<unknown>,
  run: Run,
  stream: OpenStream,
  pass: Pass,
): Promise<Pass> {
  await fenced(context, (tx) => markSpooled(tx, run, true));
  await context.report({ currentPhase: 'reading', itemsProcessed: 0 });
  const folder = { runId: run.runId, stream: stream.name, token: context.token };
  // A body that drips never makes a page, so the clock and not the next page ends it.
  const late = AbortSignal.timeout(Math.ceil(context.timeLeft()));
  const signal = AbortSignal.any([context.signal, late]);
  const pages = livePages(stream.name, null, () => stream.connect(signal));
  let arrived = 0;
  const spooling = spool(pages, folder, async (page, rows) => {
    arrived = rows;
    requireColumns(stream, page.columns);
    signal.throwIfAborted();
    await context.report({ currentPhase: 'reading', itemsProcessed: rows });
  });
  const cursor = await spooling.catch((error: unknown) => {
    throw late.aborted ? tooSlow(arrived, error) : error;
  });
  return fenced(context, (tx) => movePass(tx, pass, cursor), { currentPhase: 'writing', itemsProcessed: 0 });
}

function tooSlow(rows: number, cause: unknown): EntrepotError {
  return new EntrepotError(
    'NETWORK_ERROR',
    `The source was too slow: ${rows} rows had arrived when the time for reading it was over. It is tried again; if that keeps failing, split the file.`,
    { cause },
  );
}
