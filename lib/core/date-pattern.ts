/** What a part of a date is; `half` is AM or PM, `zone` how far the clocks are ahead of UTC. */
export type DatePart = 'year' | 'month' | 'day' | 'hour' | 'half' | 'minute' | 'second' | 'fraction' | 'zone';

/** What stands for a part in a pattern such as `DD.MM.YYYY HH:mm`. */
const tokenParts = {
  YYYY: 'year',
  YY: 'year',
  MMMM: 'month',
  MMM: 'month',
  MM: 'month',
  M: 'month',
  DD: 'day',
  D: 'day',
  HH: 'hour',
  H: 'hour',
  hh: 'hour',
  h: 'hour',
  mm: 'minute',
  m: 'minute',
  ss: 'second',
  s: 'second',
  SSS: 'fraction',
  A: 'half',
  Z: 'zone',
} as const satisfies Record<string, DatePart>;
export type DateToken = keyof typeof tokenParts;

/** A token, or text that stands for itself. */
export type PatternPiece =
  | { readonly token: DateToken; readonly part: DatePart }
  | { readonly token?: undefined; readonly text: string };

/** `[at]` is literal text; every other character that is no token stands for itself. */
const scanner = /YYYY|YY|MMMM|MMM|MM|M|DD|D|HH|H|hh|h|mm|m|ss|s|SSS|A|Z|\[[^\]]*\]|./gs;

/** A pattern as its tokens and what stands between them. */
export function patternPieces(pattern: string): PatternPiece[] {
  return (pattern.match(scanner) ?? []).map((piece) => {
    if (isToken(piece)) return { token: piece, part: tokenParts[piece] };
    return { text: piece.length > 1 && piece.startsWith('[') ? piece.slice(1, -1) : piece };
  });
}

/** The parts that a pattern names, in their order. */
export function patternParts(pattern: string): DatePart[] {
  return patternPieces(pattern).flatMap((piece) => (piece.token ? [piece.part] : []));
}

const ofDays: readonly DatePart[] = ['year', 'month', 'day'];

/**
 * Why times, or for `date` days, cannot be written by a pattern, as what follows “must”; undefined where they can.
 * Letters that are no tokens are most likely meant as some (`dd.mm.yyyy`), and would write something else.
 */
export function patternProblem(pattern: string, kind: 'date' | 'timestamp'): string | undefined {
  const parts = patternParts(pattern);
  if (parts.length === 0) return 'must name parts of a date, as in DD.MM.YYYY';
  const bare = pattern.replace(/\[[^\]]*\]/g, '');
  const letter = patternPieces(bare).find((piece) => !piece.token && /[A-SU-Za-z]/.test(piece.text));
  if (letter && !letter.token) {
    return `must be made of YYYY MM DD HH mm ss and the like: “${letter.text}” is none of them; put words into [brackets]`;
  }
  if (kind === 'date' && parts.some((part) => !ofDays.includes(part))) {
    return 'must not name a time of day: dates have none';
  }
  if (parts.includes('hour') && /h/.test(bare) && !parts.includes('half')) {
    return 'must have A (AM or PM) beside hh, or HH in its place';
  }
  return undefined;
}

function isToken(piece: string): piece is DateToken {
  return Object.hasOwn(tokenParts, piece);
}
