import type { Archive } from './archive.ts';
import { parseXml } from './xml.ts';

/** What a number stands for by the format of its cell; undefined where for itself. */
export type NumberMeaning = 'date' | 'timestamp' | 'time' | 'duration' | undefined;

const MAX_STYLES_BYTES = 64_000_000;

/** The formats that have a number and no code, those of East Asian calendars among them. */
const builtIn = new Map<number, NumberMeaning>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 32, 33, 45, 47].map((id) => [id, 'time'] as const),
  [22, 'timestamp'],
  [46, 'duration'],
]);

/** What numbers stand for, by the number of their cell's style. */
export async function readNumberFormats(
  archive: Archive,
  path: string | undefined,
): Promise<NumberMeaning[]> {
  const byStyle: NumberMeaning[] = [];
  if (path === undefined || !archive.has(path)) return byStyle;
  const custom = new Map<number, NumberMeaning>();
  let isInCellStyles = false;
  const reading = parseXml(archive.read(path, MAX_STYLES_BYTES), {
    open: (name, { numFmtId, formatCode = '' }) => {
      const id = Number(numFmtId);
      if (name === 'cellXfs') isInCellStyles = true;
      else if (name === 'numFmt') custom.set(id, meaningOf(formatCode));
      else if (name === 'xf' && isInCellStyles)
        byStyle.push(custom.has(id) ? custom.get(id) : builtIn.get(id));
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellStyles = false;
    },
  });
  for await (const _ of reading);
  return byStyle;
}

/** What quotes, a backslash, filling and brackets take out of a format; `[h]` and its like stay. */
const decoration = /"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi;

/** By the letters of its first section: `d` and `y` are of dates, `h` and `s` of times, `m` of either. */
function meaningOf(formatCode: string): NumberMeaning {
  const [letters = ''] = formatCode.replace(decoration, '').split(';');
  if (/\[[hms]/i.test(letters)) return 'duration';
  const hasTime = /[hs]/i.test(letters);
  const hasDate = /[dy]/i.test(letters) || (!hasTime && /m/i.test(letters));
  if (hasDate) return hasTime ? 'timestamp' : 'date';
  return hasTime ? 'time' : undefined;
}
