/** The types a dataset's column can have. Decimals are strings in JavaScript, never floats. */
export const columnTypes = ['text', 'integer', 'decimal', 'boolean', 'date', 'timestamp', 'json'] as const;
export type ColumnType = (typeof columnTypes)[number];

/** Whether a column of that type holds numbers. */
export function isNumeric(type: ColumnType | undefined): boolean {
  return type === 'integer' || type === 'decimal';
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** What a person sees; the name where absent. */
  readonly label?: string;
  readonly description?: string;
  /** Of a column of amounts: the column that names their currency. */
  readonly currency?: string;
  /** Tells of a person: exports mask it, unless their owner says otherwise. */
  readonly personal?: boolean;
}

/**
 * A cell as Postgres writes it as text: `integer` and `decimal` without exponent, `boolean` as `true` or
 * `false`, `date` as `YYYY-MM-DD`, `timestamp` as ISO 8601 in UTC with `Z` and as many fraction digits as
 * are not zero, `json` as its text. `null` is an absent value; `''` is a text that is empty.
 */
export type CellText = string | null;
