import { z } from 'zod';
import { isCurrencyCode } from '#lib/datasets/currency.ts';
import { localeOption } from '#lib/exports/shape/locale.ts';
import { defineTransform } from '#lib/exports/shape/transform.ts';

const options = z
  .strictObject({
    currency: z
      .string()
      .refine(isCurrencyCode, 'must be the code of a currency, such as EUR')
      .optional()
      .meta({
        description: 'The currency of every amount.',
      }),
    currencyColumn: z.string().min(1).optional().meta({
      input: 'column',
      description:
        'The column that names each amount’s; the one that the dataset names where both are absent.',
    }),
    locale: localeOption.meta({ description: 'Places the sign, and says the separators.' }),
  })
  .refine(({ currency, currencyColumn }) => currency === undefined || currencyColumn === undefined, {
    path: ['currencyColumn'],
    message: 'cannot be combined with "currency"',
  });

/** Anything else beside an amount might be run as a formula. */
const unitName = /^\p{L}{1,20}$/u;

/** Most currencies have two; an amount of one that is not known is given as many. */
const USUAL_DECIMALS = 2;

/** Amounts are rounded half up to what the currency has, exactly: `Intl` takes decimals as text. */
export const formatCurrency = defineTransform({
  id: 'formatCurrency',
  label: 'Write as an amount of money',
  description: 'Writes an amount with the sign of its currency.',
  accepts: ['integer', 'decimal'],
  options,
  resultType: 'text',
  inert: true,
  reads: ({ currency, currencyColumn }, column) => {
    const named = currency === undefined ? (currencyColumn ?? column.currency) : undefined;
    return named === undefined ? [] : [named];
  },
  compile({ currency, locale }) {
    const writers = new Map<string, (amount: string) => string>();
    return (cell, [named]) => {
      if (cell === null) return null;
      const code = currency ?? named ?? '';
      let write = writers.get(code);
      if (!write) {
        write = amountWriter(code, locale);
        if (isCurrencyCode(code)) writers.set(code, write);
      }
      return write(cell);
    };
  },
});

function amountWriter(code: string, locale: string): (amount: string) => string {
  const format = isCurrencyCode(code)
    ? new Intl.NumberFormat(locale, { style: 'currency', currency: code })
    : new Intl.NumberFormat(locale, {
        minimumFractionDigits: USUAL_DECIMALS,
        maximumFractionDigits: USUAL_DECIMALS,
      });
  const unit = isCurrencyCode(code) || code === '' ? '' : ` ${unitName.test(code) ? code : '¤'}`;
  return (amount) =>
    /\d$/.test(amount) ? `${format.format(amount as Intl.StringNumericLiteral)}${unit}` : amount;
}
