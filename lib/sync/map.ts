import type { BrokenRow, Doubt, Page, SourceRow } from '#connectors/contract.ts';
import { newBreath } from '#lib/core/breathe.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { type CompiledMapping, missingColumns } from '#lib/datasets/mapping.ts';
import type { RefusedValues } from '#lib/datasets/row-mapper.ts';
import type { Reject } from './rejects.ts';
import type { MappedRow } from './target.ts';

/** A row that the dataset takes, and the one it was made of. */
export interface ReadRow extends MappedRow {
  readonly source: SourceRow;
}

/** A page as its dataset takes it: every row is among the one or the other. */
export interface MappedPage {
  readonly rows: readonly ReadRow[];
  readonly rejects: readonly Reject[];
  readonly cursor: unknown;
  readonly complete: boolean;
  readonly doubt?: Doubt;
  readonly bookmark?: unknown;
}

interface Mapper {
  readonly name: string;
  readonly mapping: CompiledMapping;
}

/** Maps pages; rows that say no version of their own get `version`. Throws as `requireColumns` does. */
export async function* mapPages(
  pages: AsyncIterable<Page>,
  stream: Mapper,
  version: string,
): AsyncGenerator<MappedPage> {
  for await (const page of pages) {
    requireColumns(stream, page.columns);
    yield await mapPage(page, stream.mapping, version);
  }
}

async function mapPage(page: Page, mapping: CompiledMapping, startedAt: string): Promise<MappedPage> {
  const breathe = newBreath();
  const rows: ReadRow[] = [];
  const rejects: Reject[] = (page.broken ?? []).map(brokenReject);
  for (const source of page.rows) {
    await breathe();
    const version = source.updatedAt ?? startedAt;
    const mapped = mapping.map(source);
    if (mapped.ok) {
      const { externalId, values, hash } = mapped;
      rows.push({ externalId, values, hash, version, source });
    } else rejects.push(refusedReject(source, version, mapped));
  }
  const { cursor, complete = false, doubt, bookmark } = page;
  return {
    rows,
    rejects,
    cursor,
    complete,
    ...(doubt && { doubt }),
    ...(bookmark !== undefined && { bookmark }),
  };
}

/** The keys that a page has seen, those of its rejects among them; and how many of its rows have none. */
export function seenIn({ rows, rejects }: MappedPage): { keys: string[]; nameless: number } {
  const named = rejects.flatMap(({ externalId }) => externalId ?? []);
  return {
    keys: [...rows.map(({ externalId }) => externalId), ...named],
    nameless: rejects.length - named.length,
  };
}

/** Throws `MAPPING_ERROR` where the source states its columns and those that the mapping reads are not all there. */
export function requireColumns({ name, mapping }: Mapper, columns: readonly string[] | undefined): void {
  const missing = columns ? missingColumns(mapping, columns) : [];
  if (missing.length === 0) return;
  const names = missing.map((column) => `"${column}"`).join(', ');
  throw new EntrepotError(
    'MAPPING_ERROR',
    `The source has no column ${names} any more, which the mapping of "${name}" reads. It has: ${columns?.join(', ')}. Change the mapping, or bring the column back.`,
  );
}

/** A row that the database did not take, although its values were sound. */
export function databaseReject({ externalId, source, version }: ReadRow, reason: string): Reject {
  return { externalId, line: source.line, reason, ...kept(source, version) };
}

function brokenReject({ line, reason, raw }: BrokenRow): Reject {
  return { line, reason, payload: raw };
}

function refusedReject(
  source: SourceRow,
  version: string,
  { externalId, field, reason, value }: RefusedValues,
): Reject {
  return {
    line: source.line,
    externalId,
    field,
    reason,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    ...kept(source, version),
  };
}

/** The row as it can be mapped once more. */
function kept({ values }: SourceRow, version: string): Pick<Reject, 'payload' | 'version'> {
  return { payload: JSON.stringify(values), version };
}
