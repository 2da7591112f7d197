import type { z } from 'zod';
import type { CellText, ColumnType } from '#lib/core/columns.ts';

/** A column of the file: where it comes from, and what it is called there. */
export interface OutputColumn {
  readonly source: string;
  readonly header: string;
  readonly type: ColumnType;
  readonly label?: string;
  readonly description?: string;
}

/** Rows in the order of the file, some at a time; each has a cell for every column. */
export type RowBatches = AsyncIterable<readonly (readonly CellText[])[]>;

/** What a file says of itself where its format has a place for that. */
export type FileMetadata = Readonly<Record<string, unknown>>;

/**
 * A file format. `encode` holds no more than one batch; each chunk that it yields is the receiver's to keep.
 */
export interface Format<Options = unknown> {
  readonly id: string;
  /** What a person calls it. */
  readonly label: string;
  /** In a sentence: when to choose it. */
  readonly goodFor: string;
  readonly extension: string;
  readonly mediaType: string;
  /** Each option with its title, its description, and the labels of its values, as metadata. */
  readonly options: z.ZodType<Options>;
  encode(
    rows: RowBatches,
    columns: readonly OutputColumn[],
    options: Options,
    metadata: FileMetadata,
  ): AsyncGenerator<Uint8Array>;
}

/** Gives a format its types by inference. */
export function defineFormat<Options>(format: Format<Options>): Format<Options> {
  return format;
}
