'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { formatsFor, type Habits } from '#app/_ui/formats.ts';

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

/** How numbers, sizes and times are written for the person who looks. */
export function useFormat() {
  const habits = useContext(HabitsContext);
  return useMemo(() => formatsFor(habits), [habits]);
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
