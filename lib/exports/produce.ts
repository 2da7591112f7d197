import { EntrepotError } from '#lib/core/errors.ts';
import { estimateRows, isTimeout } from '#lib/datasets/estimate.ts';
import { asMember } from '#lib/db/as-member.ts';
import type { Tx } from '#lib/db/transaction.ts';
import type { ExportView } from '#lib/exports/export-view.ts';
import { fileBytes, fileKind, type Tally } from '#lib/exports/file.ts';
import { fileContext } from '#lib/exports/file-context.ts';
import { type Manifest, manifestOf, originOf } from '#lib/exports/manifest.ts';
import { type Snapshot, takeSnapshot } from '#lib/exports/snapshot.ts';
import type { Progress } from '#lib/jobs/contract.ts';
import { putObject, putStream } from '#lib/storage/objects.ts';

export interface Production {
  readonly workspaceId: string;
  /** Where the objects go: a folder of this try's own. */
  readonly folder: string;
  /** The longest that the run may take, waits for a connection and for Storage included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  report(progress: Progress): Promise<void>;
  /** Throws where another worker has taken over, or the run was cancelled. */
  fence(): Promise<void>;
}

export interface Produced {
  readonly path: string;
  readonly mediaType: string;
  readonly manifest: Manifest;
  readonly snapshot: Snapshot;
}

/**
 * Writes the export's file and its manifest to Storage, with its owner's rights and from one snapshot, in
 * memory that does not grow with rows. Neither object is seen before it is complete.
 */
export async function produce(view: ExportView, run: Production): Promise<Produced> {
  // Zero would mean no limit to a statement.
  const timeoutMs = Math.max(1, Math.ceil(run.timeoutMs));
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([run.signal, deadline]);
  try {
    return await writeObjects(view, { ...run, timeoutMs, signal });
  } catch (error) {
    const late = deadline.aborted && !run.signal.aborted;
    throw late || isTimeout(error) ? tookTooLong(timeoutMs, error) : error;
  }
}

async function writeObjects(view: ExportView, run: Production): Promise<Produced> {
  const { workspaceId, timeoutMs, signal } = run;
  const acting = { workspaceId, actor: { kind: 'user', id: ownerOf(view) } } as const;
  await run.report({ currentPhase: 'preparing' });
  const produced = await asMember(acting, (tx) => store(tx, view, run), {
    isolation: 'snapshot',
    statementTimeoutMs: timeoutMs,
    signal,
  });
  signal.throwIfAborted();
  await putObject(`${produced.path}.manifest.json`, jsonBytes(produced.manifest), 'application/json');
  return produced;
}

async function store(tx: Tx, view: ExportView, run: Production): Promise<Produced> {
  const snapshot = await takeSnapshot(tx, run.workspaceId, view);
  await run.report({ currentPhase: 'filtering' });
  const estimate = await estimateRows(tx, snapshot.plan);
  const { extension, mediaType } = fileKind(view);
  const fileName = `${slug(view.name)}-${stamp(snapshot.takenAt)}.${extension}`;
  const path = `${run.folder}/${fileName}`;
  const tally: Tally = { rows: 0, bytes: 0, sha256: '' };
  const origin = originOf(view, snapshot);
  const bytes = fileBytes(
    tx.client,
    snapshot.plan,
    view,
    fileContext({ title: view.name, metadata: origin }),
    tally,
  );
  await putStream(path, reporting(bytes, run, tally, estimate.total), mediaType, {
    signal: run.signal,
    beforeComplete: async () => {
      await run.report({ currentPhase: 'uploading' });
      await run.fence();
    },
  });
  return { path, mediaType, snapshot, manifest: manifestOf(origin, fileName, tally) };
}

async function* reporting(
  bytes: AsyncIterable<Uint8Array>,
  run: Production,
  tally: Tally,
  itemsTotal: number,
): AsyncGenerator<Uint8Array> {
  const started = performance.now();
  for await (const chunk of bytes) {
    const done = Math.min(tally.rows, itemsTotal);
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
}

function ownerOf({ ownerId }: ExportView): string {
  if (ownerId !== null) return ownerId;
  throw new EntrepotError(
    'forbidden',
    'The account that owned this export is gone, and it runs with its owner’s rights. Create it anew.',
  );
}

function tookTooLong(timeoutMs: number, cause: unknown): EntrepotError {
  const seconds = Math.round(timeoutMs / 1_000);
  return new EntrepotError(
    'invalid',
    `The export did not finish within ${seconds} seconds, the longest that one run may take. Narrow its filter, or take fewer columns.`,
    { cause },
  );
}

/** Letters and digits that every storage and every file system takes. */
function slug(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain.match(/[a-z0-9]+/g) ?? ['export'];
  return words.join('-').slice(0, 60);
}

/** `2026-01-31T08:00:00.5Z` as `20260131-080000`. */
function stamp(time: string): string {
  return time.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

function jsonBytes(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
