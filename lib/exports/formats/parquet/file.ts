import type { CellText } from '#lib/core/columns.ts';
import type { FileMetadata, RowBatches, Table } from '#lib/exports/formats/contract.ts';
import { type Column, column } from './column.ts';
import { fileMetadata } from './footer.ts';
import type { ParquetOptions } from './options.ts';
import { MAGIC, shiftedGroups, writeGroup } from './row-group.ts';
import { writeStruct } from './thrift.ts';

/** A group ends before it has its rows where they are this large, in bytes. */
const GROUP_BYTES = 64 * 1024 * 1024;
/** Between two looks at how large a group is. */
const STEP_ROWS = 500;

/**
 * A Parquet file as it grows. Each group of rows is written as a file of its own, whose pages are passed on; what
 * those files say of themselves is joined and stands at the end. So nothing of one group is held for the next, and a
 * writer that fails is an error here.
 */
export async function* parquetFile(
  table: Pick<Table, 'columns' | 'rows'>,
  options: ParquetOptions,
  metadata: FileMetadata,
): AsyncGenerator<Uint8Array> {
  const columns = table.columns.map((each, place) => column(each, place, options));
  const { footer: schema } = writeGroup(columns, options);
  const groups: Uint8Array[] = [];
  let length = MAGIC.length;
  let total = 0;
  yield MAGIC;
  for await (const rows of fill(columns, table.rows, options.rowGroupSize)) {
    const { footer, pages } = writeGroup(columns, options);
    groups.push(...shiftedGroups(footer, length - MAGIC.length).map(writeStruct));
    for (const each of columns) each.clear();
    length += pages.length;
    total += rows;
    yield pages;
  }
  const pairs = { entrepot: JSON.stringify(metadata), ...options.metadata };
  yield fileMetadata(schema, { columns, rows: total, groups, pairs });
}

/** Fills the columns with a group of rows after another; gives how many rows each has. */
async function* fill(
  columns: readonly Column[],
  rows: RowBatches,
  groupRows: number,
): AsyncGenerator<number> {
  let filled = 0;
  for await (const batch of rows) {
    for (let at = 0; at < batch.length; ) {
      const step = batch.slice(at, at + Math.min(STEP_ROWS, groupRows - filled));
      addRows(columns, step);
      at += step.length;
      filled += step.length;
      if (filled < groupRows && sizeOf(columns) < GROUP_BYTES) continue;
      yield filled;
      filled = 0;
    }
  }
  if (filled > 0) yield filled;
}

function addRows(columns: readonly Column[], rows: readonly (readonly CellText[])[]): void {
  for (const each of columns) each.add(rows);
}

function sizeOf(columns: readonly Column[]): number {
  return columns.reduce((sum, each) => sum + each.size(), 0);
}
