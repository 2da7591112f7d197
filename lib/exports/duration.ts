import { env } from '#lib/env.ts';
import { canCopy } from '#lib/exports/copy-path.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';

/** How fast a file grows where Postgres writes it, in cells a second: half of what `npm run bench` measures on two cores. */
const COPIED_CELLS_PER_SECOND = 500_000;
/** The same where every row passes through JavaScript. */
const ENCODED_CELLS_PER_SECOND: Readonly<Record<ExportDefinition['format']['type'], number>> = {
  csv: 400_000,
  json: 400_000,
  ndjson: 400_000,
  parquet: 400_000,
  xlsx: 200_000,
  pdf: 100_000,
};

/** Past this share of the longest slice a run may be cut off by a busy moment. */
const SAFE_SHARE = 0.7;

/** How many seconds a run that gives `rows` rows of `columns` columns takes at the most, on a busy machine. */
export function estimateSeconds(
  rows: number,
  columns: number,
  { format }: Pick<ExportDefinition, 'format'>,
): number {
  const copied = format.type === 'csv' && canCopy(format.options);
  return (rows * columns) / (copied ? COPIED_CELLS_PER_SECOND : ENCODED_CELLS_PER_SECOND[format.type]);
}

/** Says so in one sentence where a run may not end within the longest slice. */
export function durationWarnings(
  rows: number,
  columns: number,
  definition: Pick<ExportDefinition, 'format'>,
  longestSeconds: number = env().SLICE_SECONDS,
): string[] {
  const seconds = estimateSeconds(rows, columns, definition);
  if (seconds <= longestSeconds * SAFE_SHARE) return [];
  return [
    `A run may take about ${Math.ceil(seconds)} seconds, and is ended after ${longestSeconds}. Narrow the filter, take fewer columns, or set a limit.`,
  ];
}
