import type { Transform } from '#lib/exports/shape/transform.ts';
import { concat } from '#lib/exports/shape/transforms/concat.ts';
import { hash, mask } from '#lib/exports/shape/transforms/conceal.ts';
import { formatCurrency } from '#lib/exports/shape/transforms/format-currency.ts';
import { formatDate } from '#lib/exports/shape/transforms/format-date.ts';
import { formatNumber } from '#lib/exports/shape/transforms/format-number.ts';
import {
  calculateSubtotal,
  countItems,
  joinItemDescriptions,
} from '#lib/exports/shape/transforms/list-items.ts';
import { lookup } from '#lib/exports/shape/transforms/lookup.ts';
import { lower, trim, upper } from '#lib/exports/shape/transforms/text-case.ts';

/** Every transform that makes one cell of one, by its id. */
export const transforms = {
  formatDate,
  formatCurrency,
  formatNumber,
  joinItemDescriptions,
  countItems,
  calculateSubtotal,
  concat,
  lookup,
  mask,
  hash,
  upper,
  lower,
  trim,
};

export function transformOf(name: keyof typeof transforms): Transform {
  return transforms[name];
}
