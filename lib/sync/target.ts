import { sql } from 'kysely';
import type { CellText } from '#lib/core/columns.ts';

/** Where the rows of one stream of one source go: a table, and the identity they share there. */
export interface Target {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly stream: string;
  /** The source's type: `source_system` of its rows. */
  readonly sourceSystem: string;
  readonly datasetId: string;
  readonly table: { readonly schema: string; readonly name: string };
  /** The columns that the mapping writes, in the order of a row's values. */
  readonly columns: readonly string[];
}

/** A row as the dataset takes it. */
export interface MappedRow {
  readonly externalId: string;
  /** One for each of the target's columns. */
  readonly values: readonly CellText[];
  /** A hash of columns and values, as the text of a uuid. */
  readonly hash: string;
  /** When the source last changed the row, else when the pass began; ISO 8601. */
  readonly version: string;
}

export function tableOf({ table }: Target) {
  return sql.table(`${table.schema}.${table.name}`);
}
