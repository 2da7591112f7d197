'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

interface Habits {
  readonly locale: string;
  /** An IANA name. */
  readonly timeZone: string;
}

const HabitsContext = createContext<Habits>({ locale: 'en', timeZone: 'UTC' });

interface FormatProviderProps {
  readonly locale: string;
  /** The zone that the person has set; null: that of their device. */
  readonly timeZone: string | null;
  readonly children: ReactNode;
}

/** Gives everything below the person's language and time zone. */
export function FormatProvider({ locale, timeZone, children }: FormatProviderProps) {
  const [deviceZone, setDeviceZone] = useState('UTC');
  useEffect(() => setDeviceZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  const habits = useMemo(
    () => ({ locale, timeZone: timeZone ?? deviceZone }),
    [locale, timeZone, deviceZone],
  );
  return <HabitsContext value={habits}>{children}</HabitsContext>;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** How numbers, sizes and times are written for the person who looks. */
export function useFormat() {
  const habits = useContext(HabitsContext);
  return useMemo(() => formats(habits), [habits]);
}

function formats({ locale, timeZone }: Habits) {
  const plain = new Intl.NumberFormat(locale);
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long', timeZone });
  return {
    locale,
    timeZone,
    /** Digits of a decimal text are kept, all of them: `Intl` takes texts exactly. */
    number: (value: number | bigint | string) => plain.format(value as Intl.StringNumericLiteral),
    bytes: (bytes: number) => formatBytes(locale, bytes),
    dateTime: (iso: string) => moment.format(new Date(iso)),
    exactDateTime: (iso: string) => exact.format(new Date(iso)),
  };
}

function formatBytes(locale: string, bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), BYTE_UNITS.length - 1);
  const unit = BYTE_UNITS[power] ?? 'byte';
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumSignificantDigits: 3 });
  return format.format(bytes / 1000 ** power);
}

/** A moment in the person's zone, with all of it in the tooltip; `otherwise` stands where there is none. */
export function Time({ at, otherwise = '–' }: { at: string | null | undefined; otherwise?: string }) {
  const format = useFormat();
  if (!at) return otherwise;
  return (
    <time dateTime={at} title={format.exactDateTime(at)} suppressHydrationWarning>
      {format.dateTime(at)}
    </time>
  );
}

/** A number with the person's separators. */
export function Count({ value }: { value: number | bigint | string }) {
  const format = useFormat();
  return <span suppressHydrationWarning>{format.number(value)}</span>;
}

/** A size in the unit that fits it. */
export function Bytes({ value }: { value: number }) {
  const format = useFormat();
  return <span suppressHydrationWarning>{format.bytes(value)}</span>;
}
