import type { Refusal } from './refusal.ts';
import { refusedText } from './scalar.ts';

/** The limits of Postgres' `numeric`: digits before and after the point. */
const MAX_WHOLE_DIGITS = 131_072;
const MAX_FRACTION_DIGITS = 16_383;

const INTEGER_MIN = -(2n ** 63n);
const INTEGER_MAX = 2n ** 63n - 1n;

const canonicalInteger = /^(?:0|-?[1-9]\d{0,17})$/;
const canonicalDecimal = /^(?:0|-?[1-9]\d{0,99}|-?(?:0|[1-9]\d{0,99})\.\d{0,99}[1-9])$/;
const anyDecimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/** A whole number of 64 bits. `5.0` and `5e3` are whole; leading zeros and `+` are dropped. */
export function integerCell(text: string): string | Refusal {
  if (canonicalInteger.test(text)) return text;
  const decimal = decimalCell(text);
  if (typeof decimal !== 'string') return refusedText(text, 'is not a whole number');
  const [whole = '', fraction = ''] = decimal.split('.');
  if (/[1-9]/.test(fraction)) return refusedText(text, 'has a fraction, and the column takes whole numbers');
  const isInRange = whole.length <= 20 && BigInt(whole) >= INTEGER_MIN && BigInt(whole) <= INTEGER_MAX;
  return isInRange ? String(BigInt(whole)) : refusedText(text, 'is outside of the 64 bits of a whole number');
}

/** A decimal, exact, as Postgres writes it: no exponent, no `+`, no leading zeros, its scale kept (`1.10`). */
export function decimalCell(text: string): string | Refusal {
  if (canonicalDecimal.test(text)) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = anyDecimal.exec(text) ?? [];
  if (whole === '' && fraction === '') return refusedText(text, notANumber(text));
  const shift = Number(exponent);
  const digits = (whole + fraction).replace(/^0+/, '');
  const scale = Math.max(0, fraction.length - shift);
  const wholeLength = digits.length - fraction.length + shift;
  if (scale > MAX_FRACTION_DIGITS || (digits !== '' && wholeLength > MAX_WHOLE_DIGITS)) {
    return refusedText(text, 'has more digits than a decimal can hold');
  }
  const magnitude = placePoint(digits, shift - fraction.length, scale);
  return sign === '-' && digits !== '' ? `-${magnitude}` : magnitude;
}

/** `digits` × 10^`power`, with `scale` digits after the point. */
function placePoint(digits: string, power: number, scale: number): string {
  const shifted = digits === '' ? '' : digits + '0'.repeat(Math.max(0, power));
  const padded = shifted.padStart(scale + 1, '0');
  return scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

function notANumber(text: string): string {
  if (/^[+-]?(?:inf|infinity|nan)$/i.test(text)) return 'is no finite number';
  return /\d[.,' ]\d/.test(text)
    ? 'is not a number as it stands: add the transform "number"'
    : 'is not a number';
}
