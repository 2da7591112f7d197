import type { ClientBase } from 'pg';
import { copyCsv } from '#lib/exports/copy-path.ts';
import type { OutputColumn, RowBatches } from '#lib/exports/formats/contract.ts';
import type { CsvOptions } from '#lib/exports/formats/csv-options.ts';
import type { Plan } from '#lib/exports/query/compile.ts';
import { rowBatches } from '#lib/exports/row-path.ts';

/** The rows of a file, not yet read, and what its columns are. */
export interface Source {
  readonly columns: readonly OutputColumn[];
  rows(): RowBatches;
  /** The same rows as a CSV file that Postgres writes by itself; absent where a row must pass through JavaScript. */
  copyCsv?(options: CsvOptions): AsyncGenerator<Uint8Array, number>;
}

/** The rows of a plan as they are. */
export function planSource(client: ClientBase, plan: Plan): Source {
  return {
    columns: plan.columns,
    rows: () => rowBatches(client, plan.select()),
    copyCsv: (options) => copyCsv(client, plan, options),
  };
}
