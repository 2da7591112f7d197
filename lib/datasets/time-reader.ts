import { dateReader } from './date-format.ts';
import { Refusal } from './refusal.ts';
import { timestampCell } from './times.ts';

const bareFormats = [
  'YYYY/MM/DD',
  'YYYYMMDD',
  'MMM D YYYY',
  'MMM D, YYYY',
  'D MMM YYYY',
  'MMMM D YYYY',
  'MMMM D, YYYY',
  'D MMMM YYYY',
];

/**
 * A reader of times in a format, or in the usual ones where none is said; `toCell` makes the cell of ISO 8601. An
 * empty text is kept.
 */
export function timeReader(format: string | undefined, toCell: (iso: string) => string | Refusal) {
  const readers = (format === undefined ? bareFormats : [format]).map(dateReader);
  const reason =
    format === undefined ? 'has a form that needs its format said' : `has another form than ${format}`;
  return (text: string): unknown => {
    if (text === '') return text;
    if (format === undefined && /^\d{4}-\d{2}-\d{2}/.test(text)) {
      const instant = timestampCell(text);
      return instant instanceof Refusal ? instant : toCell(text);
    }
    const iso = readers.map((read) => read(text)).find((found) => found !== undefined);
    return iso === undefined ? new Refusal(reason) : toCell(iso);
  };
}
