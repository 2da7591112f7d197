import { splitCurrency } from './currency.ts';
import { Refusal } from './refusal.ts';

/** How a number is written; without separators given, as in `1,234.50`. */
export interface NumberNotation {
  readonly decimal?: '.' | ',' | undefined;
  readonly thousands?: string | undefined;
  /** A BCP 47 tag such as `de-DE`, which says both separators and the digits. */
  readonly locale?: string | undefined;
}

/** Whether there are numbers of that locale. */
export function isLocale(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}

/**
 * A reader that gives a plain decimal. Thousands must be grouped as people do, so that `1,23` is not taken
 * for 123; parentheses and a minus at the end are negative, and a currency before or behind is passed over. What
 * is no number is refused, an empty text kept.
 */
export function numberReader(notation: NumberNotation): (text: string) => string | Refusal {
  const { decimal, thousands, digits } = separatorsOf(notation);
  const [point, separator] = [RegExp.escape(decimal), groupPattern(thousands)];
  const whole = `\\d{1,3}(?:${separator}\\d{2,3})*${separator}\\d{3}|\\d+`;
  const form = new RegExp(`^([+-]?)(${whole}|)(?:${point}(\\d*))?([eE][+-]?\\d+)?(-?)$`);
  const groups = new RegExp(separator, 'g');
  return (text) => {
    const { inner, isNegative } = bare(asciiDigits(text, digits));
    if (text.trim() === '') return '';
    const [, sign, integer = '', fraction = '', exponent = '', after] = form.exec(inner) ?? [];
    if (integer === '' && fraction === '')
      return new Refusal(`is not a number written like ${sample(thousands, decimal)}`);
    const minus = [isNegative, sign === '-', after === '-'].filter(Boolean).length % 2 === 1 ? '-' : '';
    return `${minus}${integer.replace(groups, '') || '0'}${fraction && `.${fraction}`}${exponent}`;
  };
}

interface Separators {
  readonly decimal: string;
  readonly thousands: string;
  /** Ten characters, 0 to 9. */
  readonly digits: string;
}

function separatorsOf({ decimal = '.', thousands, locale }: NumberNotation): Separators {
  const ascii = '0123456789';
  if (locale === undefined)
    return { decimal, thousands: thousands ?? (decimal === '.' ? ',' : '.'), digits: ascii };
  const parts = new Intl.NumberFormat(locale).formatToParts(12_345_678.9);
  const partOf = (type: string, usual: string) => parts.find((part) => part.type === type)?.value ?? usual;
  const digits = [...new Intl.NumberFormat(locale, { useGrouping: false }).format(9_876_543_210)]
    .reverse()
    .join('');
  return { decimal: partOf('decimal', '.'), thousands: partOf('group', ','), digits };
}

/** Blanks are of many kinds, and so are apostrophes. */
function groupPattern(thousands: string): string {
  if (/^\s$/.test(thousands)) return '\\s';
  return /^['’]$/.test(thousands) ? "['’]" : RegExp.escape(thousands);
}

function asciiDigits(text: string, digits: string): string {
  if (digits.startsWith('0')) return text;
  return text.replace(/\p{Nd}/gu, (digit) => {
    const value = digits.indexOf(digit);
    return value === -1 ? digit : String(value);
  });
}

/** Without parentheses, a currency and outer blanks, with an ASCII minus, and without marks that only turn the writing. */
function bare(text: string): { inner: string; isNegative: boolean } {
  const plain = text
    .replace(/\u2212/g, '-')
    .replace(/[\u200e\u200f\u061c]/g, '')
    .trim();
  const { amount } = splitCurrency(plain);
  const inParentheses = /^\((.*)\)$/.exec(amount)?.[1];
  const inner = inParentheses === undefined ? amount : splitCurrency(inParentheses).amount;
  return { inner, isNegative: inParentheses !== undefined };
}

function sample(thousands: string, decimal: string): string {
  return `1${thousands}234${decimal}50`;
}
