import type { z } from 'zod';
import type { CellText, ColumnType } from '#lib/core/columns.ts';

/** Makes of a cell, and of the cells of other columns that are read too, the cell of the file. */
export type Apply = (cell: CellText, others: readonly CellText[]) => CellText;

/** What is known where a transform is compiled. */
export interface TransformContext {
  /** What the workspace hashes with; absent where the columns alone are asked for, and no row. */
  readonly pseudonyms?: Buffer | undefined;
  /** Of a column of amounts: the column that names their currency. */
  readonly currency?: string | undefined;
}

/** A way to write a column's cells as something else. It never throws for a cell: what it cannot take is no value. */
export interface Transform<Options = unknown> {
  readonly id: string;
  readonly label: string;
  /** In a sentence, for who chooses it. */
  readonly description: string;
  readonly accepts: readonly ColumnType[];
  readonly options: z.ZodType<Options>;
  readonly resultType: ColumnType;
  /** What it gives tells so little of a cell that it may read personal data. */
  readonly conceals?: boolean;
  /** Whether it gives a part of the cell all the same, and so may not read personal data that are not shown. */
  shows?(options: Options): boolean;
  /** Nothing that it gives is run as a formula. */
  readonly inert?: boolean;
  /** The sources of the other columns that it reads, in the order in which `compile` is given their cells. */
  reads?(options: Options, context: Pick<TransformContext, 'currency'>): readonly string[];
  compile(options: Options, context: TransformContext): Apply;
}

/** Gives a transform its types by inference. */
export function defineTransform<Options>(transform: Transform<Options>): Transform<Options> {
  return transform;
}

/** Of cells that hold something; no value stays none. */
export function onText(change: (cell: string) => CellText): Apply {
  return (cell) => (cell === null ? null : change(cell));
}
