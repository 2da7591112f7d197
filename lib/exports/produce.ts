import { EntrepotError } from '#lib/core/errors.ts';
import { asMember } from '#lib/db/as-member.ts';
import { isBadValue, isTimeout } from '#lib/db/sql-state.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { contentOf } from '#lib/exports/content.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { type FileSource, fileSource, remarksOf } from '#lib/exports/file-source.ts';
import { type ExportFile, exportFiles } from '#lib/exports/files.ts';
import { archiveManifestOf, type Manifest, manifestOf } from '#lib/exports/manifest.ts';
import { badValue } from '#lib/exports/query-problems.ts';
import { slug } from '#lib/exports/slug.ts';
import { ownerMayNot, type Snapshot, takeSnapshot } from '#lib/exports/snapshot.ts';
import type { Progress } from '#lib/jobs/contract.ts';
import { putObject, putStream } from '#lib/storage/objects.ts';

export interface Production {
  readonly workspaceId: string;
  /** Names this try alone. */
  readonly token: string;
  /** Where the objects go: a folder of this try's own. */
  readonly folder: string;
  /** The longest that the run may take, waits for a connection and for Storage included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  report(progress: Progress): Promise<void>;
  /** Throws where another worker has taken over, or the run was cancelled. */
  fence(): Promise<void>;
}

/** One file that was stored. */
export interface ProducedFile {
  readonly path: string;
  readonly mediaType: string;
  readonly manifest: Manifest;
}

export interface Produced {
  readonly files: readonly ProducedFile[];
  readonly snapshot: Snapshot;
}

/**
 * Writes the export's files and their manifests to Storage, with its owner's rights and from one snapshot, in
 * memory that does not grow with rows. No object is seen before it is complete.
 */
export async function produce(view: ExportView, run: Production): Promise<Produced> {
  // Zero would mean no limit to a statement.
  const timeoutMs = Math.max(1, Math.ceil(run.timeoutMs));
  const endsAt = performance.now() + timeoutMs;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([run.signal, deadline]);
  try {
    const timeLeft = () => endsAt - performance.now();
    return await writeObjects(view, { ...run, timeoutMs, signal, timeLeft });
  } catch (error) {
    const late = deadline.aborted && !run.signal.aborted;
    if (late || isTimeout(error)) throw tookTooLong(timeoutMs, error);
    throw isBadValue(error) ? badValue(error) : error;
  }
}

interface Running extends Production {
  /** In milliseconds. */
  timeLeft(): number;
}

async function writeObjects(view: ExportView, run: Running): Promise<Produced> {
  const { workspaceId, timeoutMs, signal } = run;
  const acting = { workspaceId, actor: { kind: 'user', id: ownerOf(view) } } as const;
  await run.report({ currentPhase: 'preparing' });
  const produced = await asMember(acting, (tx) => store(tx, view, run), {
    isolation: view.mode === 'diff' ? 'writing snapshot' : 'snapshot',
    statementTimeoutMs: timeoutMs,
    signal,
  });
  signal.throwIfAborted();
  for (const { path, manifest } of produced.files) {
    await putObject(`${path}.manifest.json`, jsonBytes(manifest), 'application/json', { signal });
  }
  return produced;
}

async function store(tx: Tx, view: ExportView, run: Running): Promise<Produced> {
  const snapshot = await takeSnapshot(tx, run.workspaceId, view);
  await run.report({ currentPhase: 'filtering' });
  const { sources: contents, further, total } = await contentOf(tx, snapshot, view, run);
  const within = { view, snapshot, timeLeft: run.timeLeft };
  const sources = contents.map((content, place) =>
    fileSource(tx, within, content, place === 0 ? further : []),
  );
  const progress = progressOf(run, total);
  const stored: (ExportFile & { readonly path: string })[] = [];
  const naming = {
    base: `${slug(view.name)}-${stamp(snapshot.takenAt)}`,
    madeAt: new Date(snapshot.takenAt),
    manifest: async (entries: ExportFile['entries'], rows: number) => {
      const [first] = sources as [FileSource];
      const remarks = await remarksOf(first, sources, entries);
      return jsonBytes(archiveManifestOf(first.origin, { rows, entries }, remarks));
    },
  };
  for await (const file of exportFiles(sources, view, naming)) {
    const path = `${run.folder}/${objectName(file.fileName, stored.length)}`;
    await putStream(path, progress(file), file.mediaType, {
      signal: run.signal,
      beforeComplete: async () => {
        await run.report({ currentPhase: 'uploading' });
        await run.fence();
      },
    });
    stored.push({ ...file, path });
  }
  const files: ProducedFile[] = [];
  for (const { path, mediaType, ...file } of stored) {
    const source = sources.find(({ suffix }) => suffix === file.suffix) as FileSource;
    const remarks = await remarksOf(source, sources, file.entries);
    files.push({ path, mediaType, manifest: manifestOf(source.origin, file, remarks) });
  }
  return { files, snapshot };
}

/** A path that every storage takes; folders are the file's own name's business. */
function objectName(fileName: string, place: number): string {
  return fileName.includes('/') ? `${place + 1}-${fileName.slice(fileName.lastIndexOf('/') + 1)}` : fileName;
}

/** Tells how far the run has come as the bytes of one file after another pass. */
function progressOf(run: Production, itemsTotal: number) {
  const started = performance.now();
  let before = 0;
  return async function* ({ bytes, tally }: ExportFile): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      const done = Math.min(before + tally.rows, itemsTotal);
      const share = itemsTotal === 0 ? 1 : done / itemsTotal;
      const elapsed = performance.now() - started;
      await run.report({
        currentPhase: 'formatting',
        itemsProcessed: done,
        itemsTotal,
        percentage: Math.floor(share * 99),
        estimatedTimeRemaining: share === 0 ? null : Math.round(elapsed / share - elapsed),
      });
      yield chunk;
    }
    before += tally.rows;
  };
}

function ownerOf({ ownerId }: ExportView): string {
  if (ownerId === null) throw ownerMayNot();
  return ownerId;
}

function tookTooLong(timeoutMs: number, cause: unknown): EntrepotError {
  const seconds = Math.round(timeoutMs / 1_000);
  return new EntrepotError(
    'invalid',
    `The export did not finish within ${seconds} seconds, the longest that one run may take. Narrow its filter, or take fewer columns.`,
    { cause },
  );
}

/** `2026-01-31T08:00:00.5Z` as `20260131-080000`. */
function stamp(time: string): string {
  return time.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
