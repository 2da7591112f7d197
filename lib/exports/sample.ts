import type { CellText } from '#lib/core/columns.ts';
import type { ExportDefinition } from '#lib/exports/definition.ts';
import { changeColumn } from '#lib/exports/diff.ts';
import type { OutputColumn } from '#lib/exports/formats/contract.ts';
import { partitioned } from '#lib/exports/partition.ts';
import type { Source } from '#lib/exports/source.ts';

/** Rows that are there already. */
export interface Sample extends Source {
  readonly all: readonly (readonly CellText[])[];
  /** The first of them. */
  slice(count: number): Sample;
}

/**
 * Rows as the files of a definition have them: without the columns that name folders, and of a diff with what its first
 * run says of every row.
 */
export function sampleOf(
  columns: readonly OutputColumn[],
  rows: Sample['all'],
  { mode, changesAs, partitionBy }: Pick<ExportDefinition, 'mode' | 'changesAs' | 'partitionBy'>,
): Sample {
  const { columns: own, pick } = partitioned(columns, partitionBy);
  if (mode !== 'diff' || changesAs !== 'column') return held(own, rows.map(pick));
  return held(
    [changeColumn, ...own],
    rows.map((row) => ['added', ...pick(row)]),
  );
}

function held(columns: readonly OutputColumn[], all: Sample['all']): Sample {
  return {
    columns,
    all,
    slice: (count) => held(columns, all.slice(0, count)),
    async *rows() {
      yield all;
    },
  };
}
