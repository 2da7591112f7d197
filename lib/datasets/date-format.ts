type Part = 'year' | 'month' | 'day' | 'hour' | 'half' | 'minute' | 'second' | 'fraction' | 'zone';
type Parts = Partial<Record<Part, string>>;

interface Token {
  readonly part: Part;
  readonly pattern: string;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const longMonths = 'january|february|march|april|may|june|july|august|september|october|november|december';

const tokens: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['YYYY', { part: 'year', pattern: '\\d{4}' }],
  ['YY', { part: 'year', pattern: '\\d{2}' }],
  ['MMMM', { part: 'month', pattern: longMonths }],
  ['MMM', { part: 'month', pattern: months.join('|') }],
  ['MM', { part: 'month', pattern: '\\d{2}' }],
  ['M', { part: 'month', pattern: '\\d{1,2}' }],
  ['DD', { part: 'day', pattern: '\\d{2}' }],
  ['D', { part: 'day', pattern: '\\d{1,2}' }],
  ['HH', { part: 'hour', pattern: '\\d{2}' }],
  ['H', { part: 'hour', pattern: '\\d{1,2}' }],
  ['hh', { part: 'hour', pattern: '0[1-9]|1[0-2]' }],
  ['h', { part: 'hour', pattern: '1[0-2]|0?[1-9]' }],
  ['mm', { part: 'minute', pattern: '\\d{2}' }],
  ['m', { part: 'minute', pattern: '\\d{1,2}' }],
  ['ss', { part: 'second', pattern: '\\d{2}' }],
  ['s', { part: 'second', pattern: '\\d{1,2}' }],
  ['SSS', { part: 'fraction', pattern: '\\d{1,9}' }],
  ['A', { part: 'half', pattern: 'AM|PM' }],
  ['Z', { part: 'zone', pattern: 'Z|[+-]\\d{2}:?\\d{2}' }],
]);

/** `[at]` is literal text; every other character that is no token stands for itself. */
const scanner = /YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|m|ss|s|SSS|A|Z|\[[^\]]*\]|./gs;

/** Whether a format says which day is meant: a year, a month and a day, each once. */
export function namesADay(format: string): boolean {
  const parts = (format.match(scanner) ?? []).flatMap((piece) => tokens.get(piece)?.part ?? []);
  return (
    new Set(parts).size === parts.length &&
    ['year', 'month', 'day'].every((one) => parts.includes(one as Part))
  );
}

/**
 * A reader of dates in a format of `YYYY YY MMMM MMM MM M DD D HH H hh h mm m ss s SSS A Z`. It gives ISO
 * 8601, whose day may not exist, or undefined where the text has another form. Names of months are English;
 * of two-digit years, 69 to 99 are the 1900s, as POSIX has it.
 */
export function dateReader(format: string): (text: string) => string | undefined {
  const pieces = format.match(scanner) ?? [];
  const parts = pieces.flatMap((piece) => tokens.get(piece)?.part ?? []);
  const pattern = pieces.map((piece) => {
    const token = tokens.get(piece);
    return token ? `(${token.pattern})` : literal(piece);
  });
  const form = new RegExp(`^${pattern.join('')}$`, 'i');
  return (text) => {
    const match = form.exec(text);
    if (!match) return undefined;
    return isoText(Object.fromEntries(parts.map((part, index) => [part, match[index + 1]])));
  };
}

function literal(piece: string): string {
  return RegExp.escape(piece.startsWith('[') ? piece.slice(1, -1) : piece);
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
