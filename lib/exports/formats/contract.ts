import type { z } from 'zod';
import type { CellText, ColumnType } from '#lib/core/columns.ts';

/** A column of the file: where it comes from, and what it is called there. */
export interface OutputColumn {
  readonly source: string;
  readonly header: string;
  readonly type: ColumnType;
  readonly label?: string;
  readonly description?: string;
  /** Of amounts that may be of several currencies: the column that names them. */
  readonly currency?: string;
  /** Of numbers that stand once for each of several related rows: the relation that leads to those. */
  readonly repeatedFor?: string;
  /** Tells of a person. */
  readonly personal?: boolean;
  /** Its cells are hidden behind a mask or a hash. */
  readonly masked?: boolean;
  /** No spreadsheet takes a text of it for a formula that does harm: an amount may begin with a minus. */
  readonly inert?: boolean;
}

/** Rows in the order of the file, some at a time; each has a cell for every column. */
export type RowBatches = AsyncIterable<readonly (readonly CellText[])[]>;

/** What a file says of itself where its format has a place for that. */
export type FileMetadata = Readonly<Record<string, unknown>>;

/** A set of rows under one name: a file's own, or a further sheet beside it. Its rows are read once. */
export interface Table {
  readonly name: string;
  readonly columns: readonly OutputColumn[];
  readonly rows: RowBatches;
}

/**
 * What a format did to a cell that it could not write as it is: kept a spreadsheet from running it, cut it to what
 * the format holds, or wrote another value for it.
 */
export type CellNote = 'neutralised' | 'cut' | 'replaced';

/** What a format may use beside the rows and its options. */
export interface FileContext {
  /** What a person calls the file. */
  readonly title: string;
  readonly metadata: FileMetadata;
  /** Tables for formats that hold several, each to be read once the one before has ended. */
  readonly further: readonly Table[];
  /** Counts what was done to a cell of the column called `header`; the first few are shown as examples. */
  note(kind: CellNote, header: string, cell: string): void;
  /** An uploaded file that the options name, whole. Throws `invalid` where it is gone. */
  open(upload: string): Promise<Uint8Array>;
}

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
  /** The same where it depends on the options. */
  mediaTypeOf?(options: Options): string;
  /** Whether its bytes are compressed already, so that an archive stores them as they are. */
  readonly compressed?: boolean;
  /** Whether a file holds further tables beside its own; else each is a file of its own. */
  readonly holdsTables?: boolean;
  /** Each option with its title, its description, and the labels of its values, as metadata. */
  readonly options: z.ZodType<Options>;
  /** Throws `invalid`, naming the option, where the options do not fit the columns of a file, or of a further table's. */
  check?(columns: readonly OutputColumn[], options: Options, isFurther: boolean): void;
  encode(table: Table, options: Options, context: FileContext): AsyncGenerator<Uint8Array>;
}

/** Gives a format its types by inference. */
export function defineFormat<Options>(format: Format<Options>): Format<Options> {
  return format;
}
