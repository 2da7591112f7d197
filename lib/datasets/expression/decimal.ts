import { decimalCell } from '#lib/datasets/numbers.ts';
import { Refusal } from '#lib/datasets/refusal.ts';

/** An exact decimal: `digits` × 10^-`scale`. */
export class Decimal {
  readonly digits: bigint;
  readonly scale: number;

  constructor(digits: bigint, scale: number) {
    this.digits = digits;
    this.scale = scale;
  }
}

/** Longer numbers are refused: no real value has as many digits, and computing with them takes its time. */
const MOST_DIGITS = 200;
/** A quotient that does not end is rounded, half away from zero, to so many digits; as many as a decimal128 has. */
const QUOTIENT_DIGITS = 34;

/** Whether a text spells a number, however long. */
export function spellsNumber(text: string): boolean {
  return typeof decimalCell(text) === 'string';
}

/** The number that a text spells, such as `1.10` or `-2e3`; undefined where it spells none of up to 200 digits. */
export function decimalOf(text: string): Decimal | undefined {
  const cell = decimalCell(text);
  if (typeof cell !== 'string' || cell.length > MOST_DIGITS + 2) return undefined;
  const point = cell.indexOf('.');
  const scale = point === -1 ? 0 : cell.length - point - 1;
  return new Decimal(BigInt(point === -1 ? cell : cell.slice(0, point) + cell.slice(point + 1)), scale);
}

/** As Postgres writes it: no exponent, its scale kept. */
export function decimalText({ digits, scale }: Decimal): string {
  if (scale === 0) return String(digits);
  const sign = digits < 0n ? '-' : '';
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  return `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

export function add(one: Decimal, other: Decimal): Decimal {
  const [a, b, scale] = aligned(one, other);
  return bounded(a + b, scale);
}

export function subtract(one: Decimal, other: Decimal): Decimal {
  const [a, b, scale] = aligned(one, other);
  return bounded(a - b, scale);
}

/** Exact, with the places of both. */
export function multiply(one: Decimal, other: Decimal): Decimal {
  return bounded(one.digits * other.digits, one.scale + other.scale);
}

/** Rounded, half away from zero, to 34 digits; without zeros at its end. */
export function divide(one: Decimal, other: Decimal): Decimal {
  if (other.digits === 0n) throw new Refusal('divides by zero');
  // One place of the quotient is or is not among those that are kept: its length is known to that.
  const shift = QUOTIENT_DIGITS - lengthOf(one.digits) + lengthOf(other.digits);
  const places =
    lengthOf(ratio(one.digits, other.digits, shift, towardsZero)) > QUOTIENT_DIGITS ? shift - 1 : shift;
  return trimmed(ratio(one.digits, other.digits, places, halfUp), one.scale - other.scale + places);
}

/** `dividend` / `divisor` × 10^`power`, as a whole number. */
function ratio(dividend: bigint, divisor: bigint, power: number, rounding: typeof halfUp): bigint {
  return power < 0
    ? rounding(dividend, divisor * 10n ** BigInt(-power))
    : rounding(dividend * 10n ** BigInt(power), divisor);
}

function towardsZero(dividend: bigint, divisor: bigint): bigint {
  return dividend / divisor;
}

/** What is left of a division, with the sign of the first. */
export function remainder(one: Decimal, other: Decimal): Decimal {
  const [a, b, scale] = aligned(one, other);
  if (b === 0n) throw new Refusal('divides by zero');
  return bounded(a % b, scale);
}

export function negate({ digits, scale }: Decimal): Decimal {
  return new Decimal(-digits, scale);
}

/** Below zero where `one` is the smaller, zero where they are equal. */
export function compare(one: Decimal, other: Decimal): number {
  const [a, b] = aligned(one, other);
  return a < b ? -1 : Number(a > b);
}

/** Half away from zero, to at most so many places: `round(2.5, 0)` is 3. */
export function round(value: Decimal, places: number): Decimal {
  if (places >= value.scale) return value;
  return new Decimal(halfUp(value.digits, 10n ** BigInt(value.scale - places)), places);
}

/** Without what stands behind the point. */
export function whole({ digits, scale }: Decimal): Decimal {
  return new Decimal(digits / 10n ** BigInt(scale), 0);
}

/** A whole number as JavaScript counts; undefined for a fraction, and past 2^53. */
export function counted(value: Decimal): number | undefined {
  const cut = whole(value);
  const count = Number(cut.digits);
  return compare(cut, value) === 0 && Number.isSafeInteger(count) ? count : undefined;
}

function aligned(one: Decimal, other: Decimal): [bigint, bigint, number] {
  const scale = Math.max(one.scale, other.scale);
  return [
    one.digits * 10n ** BigInt(scale - one.scale),
    other.digits * 10n ** BigInt(scale - other.scale),
    scale,
  ];
}

function halfUp(dividend: bigint, divisor: bigint): bigint {
  const [a, b] = divisor < 0n ? [-dividend, -divisor] : [dividend, divisor];
  const half = a < 0n ? -b : b;
  return (2n * a + half) / (2n * b);
}

function trimmed(digits: bigint, scale: number): Decimal {
  let [kept, places] = [digits, scale];
  while (places > 0 && kept % 10n === 0n) {
    kept /= 10n;
    places -= 1;
  }
  return places < 0 ? bounded(kept * 10n ** BigInt(-places), 0) : bounded(kept, places);
}

function bounded(digits: bigint, scale: number): Decimal {
  if (scale > MOST_DIGITS || lengthOf(digits) > MOST_DIGITS) throw tooLong();
  return new Decimal(digits, scale);
}

function lengthOf(digits: bigint): number {
  return String(digits < 0n ? -digits : digits).length;
}

function tooLong(): Refusal {
  return new Refusal(`has a number of more than ${MOST_DIGITS} digits`);
}
