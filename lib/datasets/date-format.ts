import { type DatePart, type DateToken, patternParts, patternPieces } from '#lib/core/date-pattern.ts';

type Parts = Partial<Record<DatePart, string>>;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const longMonths = 'january|february|march|april|may|june|july|august|september|october|november|december';

/** What each token is read as. */
const forms: Readonly<Record<DateToken, string>> = {
  YYYY: '\\d{4}',
  YY: '\\d{2}',
  MMMM: longMonths,
  MMM: months.join('|'),
  MM: '\\d{2}',
  M: '\\d{1,2}',
  DD: '\\d{2}',
  D: '\\d{1,2}',
  HH: '\\d{2}',
  H: '\\d{1,2}',
  hh: '0[1-9]|1[0-2]',
  h: '1[0-2]|0?[1-9]',
  mm: '\\d{2}',
  m: '\\d{1,2}',
  ss: '\\d{2}',
  s: '\\d{1,2}',
  SSS: '\\d{1,9}',
  A: 'AM|PM',
  Z: 'Z|[+-]\\d{2}:?\\d{2}',
};

/** Whether a format says which day is meant: a year, a month and a day, each once. */
export function namesADay(format: string): boolean {
  const parts = patternParts(format);
  const day = ['year', 'month', 'day'] as const;
  return new Set(parts).size === parts.length && day.every((one) => parts.includes(one));
}

/**
 * A reader of dates in a format of `YYYY YY MMMM MMM MM M DD D HH H hh h mm m ss s SSS A Z`. It gives ISO
 * 8601, whose day may not exist, or undefined where the text has another form. Names of months are English;
 * of two-digit years, 69 to 99 are the 1900s, as POSIX has it.
 */
export function dateReader(format: string): (text: string) => string | undefined {
  const parts = patternParts(format);
  const pattern = patternPieces(format).map((piece) =>
    piece.token ? `(${forms[piece.token]})` : RegExp.escape(piece.text),
  );
  const form = new RegExp(`^${pattern.join('')}$`, 'i');
  return (text) => {
    const match = form.exec(text);
    if (!match) return undefined;
    return isoText(Object.fromEntries(parts.map((part, index) => [part, match[index + 1]])));
  };
}

function isoText({
  year = '',
  month = '',
  day,
  hour = '0',
  half,
  minute,
  second,
  fraction,
  zone = '',
}: Parts): string {
  const fullYear = year.length === 2 ? `${Number(year) < 69 ? '20' : '19'}${year}` : year;
  const named = months.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const hourOfDay = half === undefined ? hour : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  const date = `${fullYear}-${two(named || month)}-${two(day)}`;
  return `${date}T${two(hourOfDay)}:${two(minute)}:${two(second)}${fraction ? `.${fraction}` : ''}${zone}`;
}

function two(value: string | number = 0): string {
  return String(value).padStart(2, '0');
}
