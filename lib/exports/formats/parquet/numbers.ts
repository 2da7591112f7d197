const number = /^-?(\d+)(?:\.(\d+))?$/;
/** So many digits are always a whole number that JavaScript holds exactly. */
const EXACT_DIGITS = 15;
const MAX_DIGITS = 38;

/** A decimal as a whole number of its last digits: a small one as a number, which is much faster, else as a bigint. */
export type Unscaled = number | bigint;

/**
 * `cell` times ten to the power of `scale`; undefined where it has more digits after the point than that, more than
 * 38 digits in all, or is no number.
 */
export function unscaled(cell: string, scale: number): Unscaled | undefined {
  const point = cell.indexOf('.');
  const fraction = point < 0 ? 0 : cell.length - point - 1;
  const digits = point < 0 ? cell : cell.slice(0, point) + cell.slice(point + 1);
  if (digits !== '' && fraction <= scale && digits.length + scale - fraction <= EXACT_DIGITS) {
    const whole = Number(digits) * 10 ** (scale - fraction);
    return Number.isSafeInteger(whole) ? whole : undefined;
  }
  return longUnscaled(cell, scale);
}

function longUnscaled(cell: string, scale: number): bigint | undefined {
  const [, whole = '', written = ''] = number.exec(cell) ?? [];
  const fraction = written.replace(/0+$/, '');
  const digits = `${whole}${fraction.padEnd(scale, '0')}`.replace(/^0+/, '');
  if (whole === '' || fraction.length > scale || digits.length > MAX_DIGITS) return undefined;
  return BigInt(`${cell.startsWith('-') ? '-' : ''}${digits || '0'}`);
}

const INT64_MAX = 2n ** 63n - 1n;

/** The whole number that `cell` is; undefined where it is none, or needs more than 64 bits. */
export function int64(cell: string): Unscaled | undefined {
  const whole = unscaled(cell, 0);
  const fits = typeof whole !== 'bigint' || (whole <= INT64_MAX && whole >= -INT64_MAX - 1n);
  return fits ? whole : undefined;
}
