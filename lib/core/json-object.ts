import type { CellText, ColumnType } from './columns.ts';

/** `exact` writes decimals, and integers past 2^53, as strings; `number` writes every number as a number. */
export type JsonNumbers = 'exact' | 'number';

interface Member {
  readonly header: string;
  readonly type: ColumnType;
}

/** A row as the text of a JSON object, its keys the headers in the order of the columns. */
export function objectEncoder(columns: readonly Member[], numbers: JsonNumbers): RowEncoder {
  const encoders = columns.map((column) => cellEncoder(column.type, numbers));
  const openings = columns.map(
    (column, place) => `${place === 0 ? '{' : ','}${JSON.stringify(column.header)}:`,
  );
  return (row) => {
    let text = '';
    for (let place = 0; place < encoders.length; place++) {
      const cell = row[place];
      const encode = encoders[place] as CellEncoder;
      text += (openings[place] as string) + (typeof cell === 'string' ? encode(cell) : 'null');
    }
    return `${text}}`;
  };
}

type RowEncoder = (row: readonly CellText[]) => string;
type CellEncoder = (cell: string) => string;

const asIs: CellEncoder = (cell) => cell;
const asPlainString: CellEncoder = (cell) => `"${cell}"`;

function cellEncoder(type: ColumnType, numbers: JsonNumbers): CellEncoder {
  switch (type) {
    case 'text':
      return (cell) => JSON.stringify(cell);
    case 'integer':
      return numbers === 'number' ? asIs : safeInteger;
    case 'decimal':
      return numbers === 'number' ? finiteNumber : asPlainString;
    case 'boolean':
    case 'json':
      return asIs;
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
