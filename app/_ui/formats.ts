export interface Habits {
  readonly locale: string;
  /** An IANA name. */
  readonly timeZone: string;
}

/** How values are written for a person. */
export type Formats = ReturnType<typeof formatsFor>;

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
/** More, `Intl` does not write. */
const MAX_FRACTION_DIGITS = 100;

/** The ways of writing that go with a person's language and time zone. */
export function formatsFor({ locale, timeZone }: Habits) {
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', timeZone });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return {
    locale,
    timeZone,
    number: numberFormat(locale),
    bytes: (bytes: number) => formatBytes(locale, bytes),
    /** A calendar day, `YYYY-MM-DD`, which is the same in every zone. */
    date: (isoDay: string) => day.format(new Date(isoDay)),
    dateTime: (iso: string) => moment.format(new Date(iso)),
    exactDateTime: (iso: string) => exact.format(new Date(iso)),
  };
}

/** Digits of a decimal text are kept, all of them and the zeros at its end too: `Intl` takes texts exactly. */
function numberFormat(locale: string): (value: number | bigint | string) => string {
  const plain = new Intl.NumberFormat(locale);
  const byScale = new Map<number, Intl.NumberFormat>();
  return (value) => {
    if (typeof value !== 'string') return plain.format(value);
    const scale = value.split('.')[1]?.length ?? 0;
    if (scale > MAX_FRACTION_DIGITS) return value;
    const digits = { minimumFractionDigits: scale, maximumFractionDigits: scale };
    const format = byScale.get(scale) ?? new Intl.NumberFormat(locale, digits);
    byScale.set(scale, format);
    return format.format(value as Intl.StringNumericLiteral);
  };
}

function formatBytes(locale: string, bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), BYTE_UNITS.length - 1);
  const unit = BYTE_UNITS[power] ?? 'byte';
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    // Only at length does `Intl` tell one byte from several.
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumSignificantDigits: 3,
  });
  return format.format(bytes / 1000 ** power);
}
