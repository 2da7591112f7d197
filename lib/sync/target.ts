import type { CellText, Column } from '#lib/core/columns.ts';
import type { Place } from '#lib/datasets/place.ts';

/** Where the rows of a stream go, and how they are written there. */
export interface Target extends Place {
  /** The source's type: `source_system` of its rows. */
  readonly sourceSystem: string;
  /** The columns that the mapping writes, in the order of a row's values. */
  readonly columns: readonly Column[];
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
