import { nextRevision } from '#lib/datasets/changes.ts';
import type { Tx } from '#lib/db/transaction.ts';
import { removeMissing, staleFamilies } from './children.ts';
import { type Counts, noCounts } from './counts.ts';
import { databaseReject, type FamilyRow, type MappedPage, type ReadRow } from './map.ts';
import { latestByKey, type Merged, type Writing } from './merge.ts';
import type { OpenTarget } from './open-stream.ts';
import type { Reject } from './rejects.ts';
import type { Run } from './run.ts';
import type { mergeSparing } from './sparing.ts';

/** What became of a page in each of its datasets, by the name that the run counts it under; and what it set aside. */
export interface WrittenPage {
  readonly counts: Readonly<Record<string, Counts>>;
  readonly rejects: readonly Reject[];
}

interface PageWriting {
  readonly run: Run;
  readonly page: Pick<MappedPage, 'rows' | 'rejects' | 'itemRejects' | 'targets'>;
  /** The revision of the stream's own dataset when the pass began; null where there is no pass. */
  readonly fromRevision: string | null;
  /** When the source was asked for the page; absent where there is no pass. */
  readonly readAt?: string;
  readonly merging: typeof mergeSparing;
}

/**
 * Merges a page into its datasets, the stream's own first, within the caller's transaction: of a key that comes
 * twice the last, with its items, counts. A row that the database refuses takes its items with it, and the items of one
 * that is older than what is stored change nothing.
 */
export async function writeRows(
  tx: Tx,
  { run, page, fromRevision, readAt, merging }: PageWriting,
): Promise<WrittenPage> {
  const [own, ...lists] = page.targets as [OpenTarget, ...OpenTarget[]];
  const families = latestByKey(page.rows);
  const writings = await takeRevisions(tx, run, page.targets);
  const write = (target: OpenTarget, rows: readonly ReadRow[], from: string | null) =>
    merging<ReadRow>(tx, target, rows, {
      ...(writings.get(target.datasetId) as Writing),
      from,
      readAt: readAt ?? null,
    });

  const { merged, refused } = await write(own, families, fromRevision);
  const gone = new Set(refused.map(({ row }) => row.externalId));
  const kept = gone.size === 0 ? families : families.filter(({ externalId }) => !gone.has(externalId));
  const rejects = [...page.rejects, ...refused.map(({ row, reason }) => databaseReject(row, reason))];
  const repeated = page.rows.length - families.length;
  const counts: Record<string, Counts> = {
    [own.countsAs]: counted(page.rows.length + page.rejects.length, merged, rejects.length, repeated),
  };
  const stale = lists.length === 0 ? none : await staleFamilies(tx, own, kept);
  for (const [list, target] of lists.entries()) {
    const items = await writeList(tx, { target, list, families: kept, stale, page, writings, write });
    counts[target.countsAs] = items.counts;
    rejects.push(...items.rejects);
  }
  return { counts, rejects };
}

const none: ReadonlySet<string> = new Set();

interface ListWriting {
  readonly target: OpenTarget;
  readonly list: number;
  readonly families: readonly FamilyRow[];
  /** The keys of those that a newer state of theirs is stored of. */
  readonly stale: ReadonlySet<string>;
  readonly page: Pick<MappedPage, 'itemRejects'>;
  readonly writings: ReadonlyMap<string, Writing>;
  readonly write: (
    target: OpenTarget,
    rows: readonly ReadRow[],
    from: null,
  ) => ReturnType<typeof mergeSparing<ReadRow>>;
}

async function writeList(
  tx: Tx,
  { target, list, families, stale, page, writings, write }: ListWriting,
): Promise<{ counts: Counts; rejects: Reject[] }> {
  const itemsOf = (some: readonly FamilyRow[]) => some.flatMap((family) => family.items[list] ?? []);
  const current = families.filter(({ externalId }) => !stale.has(externalId));
  const items = itemsOf(current);
  const passedOver = itemsOf(families).length - items.length;
  const rows = latestByKey(items);
  const { merged, refused } = await write(target, rows, null);
  const writing = writings.get(target.datasetId) as Writing;
  const deleted = await removeMissing(tx, target, current, list, writing);
  const setAside = page.itemRejects.flatMap((each) => (each.target === list + 1 ? [each.reject] : []));
  const rejects = [...setAside, ...refused.map(({ row, reason }) => databaseReject(row, reason))];
  const read = items.length + passedOver + setAside.length;
  const written = { ...merged, unchanged: merged.unchanged + passedOver };
  const counts = counted(read, written, rejects.length, items.length - rows.length);
  return { counts: { ...counts, deleted }, rejects };
}

function counted(read: number, merged: Merged, rejected: number, repeated: number): Counts {
  return { ...noCounts, ...merged, read, rejected, superseded: merged.superseded + repeated };
}

/** Takes the next revision of each dataset in the order of their ids, as everything does that takes several. */
async function takeRevisions(
  tx: Tx,
  run: Run,
  targets: readonly OpenTarget[],
): Promise<Map<string, Writing>> {
  const byDataset = new Map(targets.map((target) => [target.datasetId, target]));
  const writings = new Map<string, Writing>();
  for (const [datasetId, { dataset }] of [...byDataset].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const revision = await nextRevision(tx, datasetId);
    const policy = run.policyFor(dataset);
    writings.set(datasetId, { runId: run.runId, from: null, readAt: null, revision, policy });
  }
  return writings;
}
