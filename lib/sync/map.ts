import type { BrokenRow, Page, SourceRow } from '#connectors/contract.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { type CompiledMapping, missingColumns, type RefusedValues } from '#lib/datasets/mapping.ts';
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
    yield mapPage(page, stream.mapping, version);
  }
}

function mapPage(page: Page, mapping: CompiledMapping, version: string): MappedPage {
  const rows: ReadRow[] = [];
  const rejects: Reject[] = (page.broken ?? []).map(brokenReject);
  for (const source of page.rows) {
    const mapped = mapping.map(source);
    if (mapped.ok) {
      const { externalId, values, hash } = mapped;
      rows.push({ externalId, values, hash, version: source.updatedAt ?? version, source });
    } else rejects.push(refusedReject(source, mapped));
  }
  return { rows, rejects, cursor: page.cursor, complete: page.complete ?? false };
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
export function databaseReject({ externalId, source }: ReadRow, reason: string): Reject {
  return { externalId, line: source.line, reason, payload: JSON.stringify(source.values) };
}

function brokenReject({ line, reason, raw }: BrokenRow): Reject {
  return { line, reason, payload: raw };
}

function refusedReject(source: SourceRow, { externalId, field, reason, value }: RefusedValues): Reject {
  return {
    line: source.line,
    externalId,
    field,
    reason,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    payload: JSON.stringify(source.values),
  };
}
