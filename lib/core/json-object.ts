import type { CellText, ColumnType } from './columns.ts';

/** `exact` writes decimals, and integers past 2^53, as strings; `number` writes every number as a number. */
export type JsonNumbers = 'exact' | 'number';

/** What else may be said of the values of an object; where it is not, a cell is written as it is. */
export interface JsonValues {
  /** A member without a value is null, is left out, or is an empty string. */
  readonly nulls?: 'include' | 'exclude' | 'empty' | undefined;
  /** `json` cells as what they hold, or as a string of it. */
  readonly arrays?: 'expand' | 'stringify' | undefined;
  /** The JSON text of a day or a time; undefined for a type that is written as it is. */
  time?(type: ColumnType): CellEncoder | undefined;
}

interface Member {
  readonly header: string;
  readonly type: ColumnType;
}

/** A row as the text of a JSON object, its keys the headers in the order of the columns. */
export function objectEncoder(
  columns: readonly Member[],
  numbers: JsonNumbers,
  values: JsonValues = {},
): RowEncoder {
  const encoders = columns.map(
    ({ type }) => values.time?.(type) ?? cellEncoder(type, numbers, values.arrays),
  );
  const keys = columns.map((column) => `${JSON.stringify(column.header)}:`);
  if (values.nulls === 'exclude') return sparseObject(keys, encoders);
  const openings = keys.map((key, place) => `${place === 0 ? '{' : ','}${key}`);
  const absent = values.nulls === 'empty' ? '""' : 'null';
  const end = columns.length === 0 ? '{}' : '}';
  return (row) => {
    let text = '';
    for (let place = 0; place < encoders.length; place++) {
      const cell = row[place];
      const encode = encoders[place] as CellEncoder;
      text += (openings[place] as string) + (typeof cell === 'string' ? encode(cell) : absent);
    }
    return text + end;
  };
}

/** Of members that have a value alone. */
function sparseObject(keys: readonly string[], encoders: readonly CellEncoder[]): RowEncoder {
  return (row) => {
    let text = '{';
    for (let place = 0; place < encoders.length; place++) {
      const cell = row[place];
      if (typeof cell !== 'string') continue;
      const encode = encoders[place] as CellEncoder;
      text += (text.length === 1 ? '' : ',') + (keys[place] as string) + encode(cell);
    }
    return `${text}}`;
  };
}

export type RowEncoder = (row: readonly CellText[]) => string;
type CellEncoder = (cell: string) => string;

const asIs: CellEncoder = (cell) => cell;
const asPlainString: CellEncoder = (cell) => `"${cell}"`;

function cellEncoder(type: ColumnType, numbers: JsonNumbers, arrays: JsonValues['arrays']): CellEncoder {
  switch (type) {
    case 'text':
      return (cell) => JSON.stringify(cell);
    case 'integer':
      return numbers === 'number' ? asIs : safeInteger;
    case 'decimal':
      return numbers === 'number' ? finiteNumber : asPlainString;
    case 'boolean':
      return asIs;
    case 'json':
      return arrays === 'stringify' ? (cell) => JSON.stringify(cell) : asIs;
    case 'date':
    case 'timestamp':
      return asPlainString;
  }
}

function safeInteger(cell: string): string {
  return cell.length <= 15 || Number.isSafeInteger(Number(cell)) ? cell : `"${cell}"`;
}

/** `NaN` and `Infinity` have no number in JSON. */
function finiteNumber(cell: string): string {
  return /\d$/.test(cell) ? cell : `"${cell}"`;
}
