'use client';

import { ageInWords } from '#app/_ui/age-in-words.ts';
import { useFormat } from '#app/_ui/format.tsx';

/** How long ago a moment was, or in how long it will be, when the page was shown; nothing where there is none. */
export function Age({ at }: { at: string | null }) {
  const { locale } = useFormat();
  if (at === null) return null;
  return <span suppressHydrationWarning>({ageInWords(at, Date.now(), locale)})</span>;
}
