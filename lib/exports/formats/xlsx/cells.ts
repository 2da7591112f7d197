import type { CellNote, OutputColumn } from '#lib/exports/formats/contract.ts';
import type { XlsxOptions } from './options.ts';
import { dateSerial, timestampSerial } from './serial.ts';
import { cutToUnits, escapeText, inlineText, MAX_CELL_UNITS } from './text.ts';

/** What follows a cell's reference and style: its type, and its value. */
export type CellBody = (cell: string) => string;

type Note = (kind: CellNote, header: string, cell: string) => void;

const MAX_DIGITS = 15;
/** A number of more characters may lie past what a double holds, however few of its digits are not zero. */
const MAX_NUMBER_LENGTH = 300;
const plainNumber = /^-?\d+(?:\.\d+)?$/;

/** How the cells of a column are written, by its type. Notes what it could not write as it is. */
export function cellBody(
  { type, header }: Pick<OutputColumn, 'type' | 'header'>,
  { numbers }: Pick<XlsxOptions, 'numbers'>,
  note: Note,
): CellBody {
  const text: CellBody = (cell) => {
    if (cell.length > MAX_CELL_UNITS) note('cut', header, cell);
    return textBody(cell);
  };
  const asText: CellBody = (cell) => {
    note('replaced', header, cell);
    return text(cell);
  };
  if (type === 'boolean') return (cell) => (cell === 'true' ? ' t="b"><v>1</v></c>' : ' t="b"><v>0</v></c>');
  if (type === 'date') return serialBody(dateSerial, asText);
  if (type === 'timestamp') return serialBody(timestampSerial, asText);
  if (type !== 'integer' && type !== 'decimal') return text;
  const holds = numbers === 'exact' ? isExact : isNumber;
  return (cell) => (holds(cell) ? `><v>${cell}</v></c>` : asText(cell));
}

/**
 * A text, cut to what a cell takes. It is a string whatever it begins with: Excel runs formulas of `<f>` alone.
 */
export function textBody(text: string): string {
  return ` t="inlineStr">${inlineText(cutToUnits(text, MAX_CELL_UNITS))}</c>`;
}

/** A formula without its `=`, for Excel to reckon. */
export function formulaBody(formula: string): string {
  return `><f>${escapeText(formula)}</f></c>`;
}

function serialBody(serial: (cell: string) => number | undefined, otherwise: CellBody): CellBody {
  return (cell) => {
    const days = serial(cell);
    return days === undefined ? otherwise(cell) : `><v>${days}</v></c>`;
  };
}

function isNumber(cell: string): boolean {
  return cell.length <= MAX_NUMBER_LENGTH && plainNumber.test(cell);
}

/** Whether Excel, which keeps 15 digits, keeps all of this number's. */
function isExact(cell: string): boolean {
  if (!isNumber(cell)) return false;
  return cell.length <= MAX_DIGITS || significantDigits(cell) <= MAX_DIGITS;
}

function significantDigits(number: string): number {
  const leading = number.replace(/^-?0*(?:\.0*)?/, '');
  const whole = number.includes('.') ? leading.replace(/\.?0*$/, '') : leading;
  return (whole.includes('.') ? whole.replace('.', '') : whole.replace(/0*$/, '')).length;
}
