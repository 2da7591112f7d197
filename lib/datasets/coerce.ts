import type { CellText, ColumnType } from '#lib/core/columns.ts';
import { jsonCell, jsonTextCell } from './json-cell.ts';
import { decimalCell, integerCell } from './numbers.ts';
import { Refusal } from './refusal.ts';
import { refusedText, scalarText } from './scalar.ts';
import { textCell } from './text.ts';
import { dateCell, timestampCell } from './times.ts';

type Coerce = (value: unknown) => CellText | Refusal;

const booleans = new Map([
  ...['true', 't', 'yes', '1'].map((text) => [text, 'true'] as const),
  ...['false', 'f', 'no', '0'].map((text) => [text, 'false'] as const),
]);

/** `true t yes 1` and `false f no 0`, in any case of letters. */
function booleanCell(text: string): string | Refusal {
  return booleans.get(text.toLowerCase()) ?? refusedText(text, 'is neither true nor false');
}

/** A text that stands for JSON, as in a cell of a CSV. */
const fromJsonText = unlessNothing((value) =>
  typeof value === 'string' ? jsonTextCell(value) : jsonCell(value),
);

const coercions: Readonly<Record<ColumnType, Coerce>> = {
  text: (value) => (value === null || value === undefined ? null : textCell(value)),
  integer: scalar(integerCell),
  decimal: scalar(decimalCell),
  boolean: scalar(booleanCell),
  date: scalar(dateCell),
  timestamp: scalar(timestampCell),
  json: unlessNothing(jsonCell),
};

/**
 * How a source's value becomes the text of a cell of that type, without loss, or is refused with the
 * reason. Absent and null are null; an empty text is `''` in a text column and null in every other. In a
 * `json` column a text is a JSON string, and with `rawText` the JSON that it spells.
 */
export function coercion(type: ColumnType, { rawText } = { rawText: false }): Coerce {
  return type === 'json' && rawText ? fromJsonText : coercions[type];
}

function unlessNothing(coerce: Coerce): Coerce {
  return (value) => (isNothing(value) ? null : coerce(value));
}

function scalar(toCell: (text: string) => string | Refusal): Coerce {
  return (value) => {
    if (isNothing(value)) return null;
    if (typeof value === 'string') return toCell(value);
    const text = scalarText(value);
    return text instanceof Refusal ? text : toCell(text);
  };
}

function isNothing(value: unknown): value is null | undefined | '' {
  return value === null || value === undefined || value === '';
}
