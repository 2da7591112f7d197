import type { BrokenRow, Doubt, Page, SourceRow } from '#connectors/contract.ts';
import { newBreath } from '#lib/core/breathe.ts';
import type { MappedRows, RefusedItem } from '#lib/datasets/compile-stream.ts';
import type { MappedValues, RefusedValues } from '#lib/datasets/row-mapper.ts';
import { type ColumnsSeen, type Watched, watchColumns } from './columns-seen.ts';
import type { Fit } from './fit.ts';
import type { OpenStream, OpenTarget } from './open-stream.ts';
import type { Reject } from './rejects.ts';
import type { MappedRow } from './target.ts';

/** A row that a dataset takes, and the one it was made of. */
export interface ReadRow extends MappedRow {
  readonly source: SourceRow;
}

/** A row of the stream's own dataset with those that its lists have made. */
export interface FamilyRow extends ReadRow {
  /** By target after the stream's own. */
  readonly items: readonly (readonly ReadRow[])[];
  /** Of the items that were set aside, those that have a key, by target; null where one has none. */
  readonly refused: readonly (readonly string[] | null)[];
}

/** A page as its datasets take it: every row is among the one or the other. */
export interface MappedPage {
  readonly rows: readonly FamilyRow[];
  readonly rejects: readonly Reject[];
  /** Items of lists that were set aside, with the target that they were for. */
  readonly itemRejects: readonly { readonly target: number; readonly reject: Reject }[];
  readonly targets: readonly OpenTarget[];
  /** What comes of columns that the source has lost; empty where none is. */
  readonly words: string;
  /** What is known of the source's columns by now; absent where the rows are no pass's. */
  readonly seen?: ColumnsSeen | undefined;
  readonly cursor: unknown;
  readonly complete: boolean;
  readonly doubt?: Doubt;
  readonly bookmark?: unknown;
}

/**
 * Maps pages, of the pass that is `watched` where they are one's; rows that say no version of their own get `version`.
 * Throws as `fitTo` does.
 */
export async function* mapPages(
  pages: AsyncIterable<Page>,
  { fitTo }: OpenStream,
  version: string,
  watched?: Watched,
): AsyncGenerator<MappedPage> {
  const watch = watched && watchColumns(watched);
  for await (const page of pages) {
    const seen = watch?.(page);
    const fit = seen && seen.lost.length > 0 ? fitTo(seen.columns, seen.lost) : fitTo(page.columns);
    yield { ...(await mapPage(page, fit, version)), seen };
  }
}

async function mapPage(page: Page, fit: Fit, startedAt: string): Promise<MappedPage> {
  const breathe = newBreath();
  const rows: FamilyRow[] = [];
  const rejects: Reject[] = (page.broken ?? []).map(brokenReject);
  const itemRejects: MappedPage['itemRejects'][number][] = [];
  for (const source of page.rows) {
    await breathe();
    const version = source.updatedAt ?? startedAt;
    const mapped = fit.map(source);
    if (!mapped.ok) {
      rejects.push(refusedReject(source, version, mapped));
      continue;
    }
    rows.push(familyOf(source, version, mapped, fit.targets.length));
    for (const item of mapped.refused) {
      itemRejects.push({ target: item.target, reject: itemReject(source, version, item) });
    }
  }
  const { cursor, complete = false, doubt, bookmark } = page;
  return {
    rows,
    rejects,
    itemRejects,
    targets: fit.targets,
    words: fit.words,
    cursor,
    complete,
    ...(doubt && { doubt }),
    ...(bookmark !== undefined && { bookmark }),
  };
}

function familyOf(
  source: SourceRow,
  version: string,
  { rows, refused }: MappedRows,
  targets: number,
): FamilyRow {
  const [[own] = [], ...lists] = rows;
  const read = ({ externalId, values, hash }: MappedValues): ReadRow => ({
    externalId,
    values,
    hash,
    version,
    source,
  });
  return {
    ...read(own as MappedValues),
    items: lists.map((list) => list.map(read)),
    refused:
      targets === 1
        ? []
        : lists.map((_, index) => keysOf(refused.filter(({ target }) => target === index + 1))),
  };
}

function keysOf(items: readonly RefusedItem[]): readonly string[] | null {
  const keys = items.flatMap(({ externalId }) => externalId ?? []);
  return keys.length === items.length ? keys : null;
}

/** The keys that a page has seen, those of its rejects among them; and how many of its rows have none. */
export function seenIn({ rows, rejects }: MappedPage): { keys: string[]; nameless: number } {
  const named = rejects.flatMap(({ externalId }) => externalId ?? []);
  return {
    keys: [...rows.map(({ externalId }) => externalId), ...named],
    nameless: rejects.length - named.length,
  };
}

/** A row that the database did not take, although its values were sound. */
export function databaseReject({ externalId, source, version }: ReadRow, reason: string): Reject {
  return { externalId, line: source.line, reason, ...kept(source, version) };
}

function brokenReject({ line, reason, raw }: BrokenRow): Reject {
  return { line, reason, payload: raw };
}

function refusedReject(source: SourceRow, version: string, refused: RefusedValues): Reject {
  return { line: source.line, ...detailsOf(refused), ...kept(source, version) };
}

/** Kept with the row that holds the item: it is replayed whole. */
function itemReject(source: SourceRow, version: string, refused: RefusedItem): Reject {
  const { field, place } = refused;
  return { line: source.line, ...detailsOf(refused), field: `${place}: ${field}`, ...kept(source, version) };
}

function detailsOf({ externalId, field, reason, value }: RefusedValues) {
  return {
    externalId,
    field,
    reason,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  };
}

/** The row as it can be mapped once more. */
function kept({ values }: SourceRow, version: string): Pick<Reject, 'payload' | 'version'> {
  return { payload: JSON.stringify(values), version };
}
