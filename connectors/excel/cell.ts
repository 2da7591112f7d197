import { EntrepotError } from '#lib/core/errors.ts';
import { dateText } from './dates.ts';
import type { NumberMeaning } from './number-formats.ts';
import { unescaped } from './shared-strings.ts';

/** A cell as the sheet writes it. */
export interface RawCell {
  readonly type: string | undefined;
  readonly style: number;
  /** What stands in its value, or the text of an inline string. */
  readonly text: string;
}

/** What cells refer to. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly formats: readonly NumberMeaning[];
  readonly date1904: boolean;
}

/**
 * The value of a cell with a type of its own: a text, a boolean, a number, or the ISO 8601 text of a date. An
 * error is its text, `#N/A`; a formula gives the result that was saved with it.
 */
export function cellValue({ type, style, text }: RawCell, context: CellContext): unknown {
  switch (type) {
    case 's':
      return sharedString(text, context);
    case 'inlineStr':
    case 'e':
      return text;
    case 'str':
      return unescaped(text);
    case 'b':
      return text === '1' || text === 'true';
    case 'd':
      return /T.*\d$/.test(text) ? `${text}Z` : text;
    default:
      return numberOrDate(text, context.formats[style], context.date1904);
  }
}

function sharedString(index: string, { strings }: CellContext): string {
  const text = strings[Number(index)];
  if (text !== undefined) return text;
  throw new EntrepotError(
    'DATA_ERROR',
    `The workbook refers to text number ${index}, which is not in it. Open it in Excel, save it and send it again.`,
  );
}

/** Excel computes with doubles, so their shortest text is the number; only whole ones may be stored with more digits. */
function numberOrDate(text: string, meaning: NumberMeaning, date1904: boolean): unknown {
  const number = Number(text);
  if (text === '' || !Number.isFinite(number)) return text;
  const date = meaning && dateText(number, meaning, date1904);
  if (date !== undefined) return date;
  return !Number.isSafeInteger(number) && /^-?[1-9]\d*$/.test(text) ? JSON.rawJSON(text) : number;
}
