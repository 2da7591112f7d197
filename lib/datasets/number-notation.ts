import { Refusal } from './refusal.ts';

/** How a number is written; without separators given, as in `1,234.50`. */
export interface NumberNotation {
  readonly decimal?: '.' | ',' | undefined;
  readonly thousands?: string | undefined;
}

/**
 * A reader that gives a plain decimal. Thousands must be grouped as people do, so that `1,23` is not taken
 * for 123; parentheses and a minus at the end are negative. What is no number is refused, an empty text kept.
 */
export function numberReader(notation: NumberNotation): (text: string) => string | Refusal {
  const { decimal = '.', thousands = decimal === '.' ? ',' : '.' } = notation;
  const [point, separator] = [RegExp.escape(decimal), thousands === ' ' ? '\\s' : RegExp.escape(thousands)];
  const whole = `\\d{1,3}(?:${separator}\\d{2,3})*${separator}\\d{3}|\\d+`;
  const form = new RegExp(`^([+-]?)(${whole}|)(?:${point}(\\d*))?([eE][+-]?\\d+)?(-?)$`);
  const groups = new RegExp(separator, 'g');
  return (text) => {
    const { inner, isNegative } = bare(text);
    if (inner === '') return text.trim();
    const [, sign, integer = '', fraction = '', exponent = '', after] = form.exec(inner) ?? [];
    if (integer === '' && fraction === '')
      return new Refusal(`is not a number written like ${sample(thousands, decimal)}`);
    const minus = [isNegative, sign === '-', after === '-'].filter(Boolean).length % 2 === 1 ? '-' : '';
    return `${minus}${integer.replace(groups, '') || '0'}${fraction && `.${fraction}`}${exponent}`;
  };
}

/** Without parentheses, currency signs and outer blanks, and with an ASCII minus. */
function bare(text: string): { inner: string; isNegative: boolean } {
  const plain = text.replace(/\u2212/g, '-').trim();
  const inParentheses = /^\((.*)\)$/.exec(plain)?.[1];
  return { inner: withoutSigns(inParentheses ?? plain), isNegative: inParentheses !== undefined };
}

function withoutSigns(text: string): string {
  return text
    .replace(/^([+-]?)[\p{Sc}\s]+/u, '$1')
    .replace(/[\p{Sc}\s]+$/u, '')
    .trim();
}

function sample(thousands: string, decimal: string): string {
  return `1${thousands}234${decimal}50`;
}
