import { z } from 'zod';
import { flatten } from '#lib/exports/shape/flatten.ts';
import { transforms } from '#lib/exports/shape/registry.ts';

interface Described {
  readonly label: string;
  readonly description: string;
}

function choice<const Name extends string, Options extends z.ZodType>(
  name: Name,
  options: Options,
  { label, description }: Described,
) {
  return z.strictObject({ name: z.literal(name), options }).meta({ title: label, description });
}

const t = transforms;

/** What is to be made of a column’s cells: `{ name, options }`, the options those of that transform. */
export const columnTransform = z
  .discriminatedUnion('name', [
    choice('formatDate', t.formatDate.options.prefault({}), t.formatDate),
    choice('formatCurrency', t.formatCurrency.options.prefault({}), t.formatCurrency),
    choice('formatNumber', t.formatNumber.options.prefault({}), t.formatNumber),
    choice('joinItemDescriptions', t.joinItemDescriptions.options.prefault({}), t.joinItemDescriptions),
    choice('countItems', t.countItems.options.prefault({}), t.countItems),
    choice('calculateSubtotal', t.calculateSubtotal.options.prefault({}), t.calculateSubtotal),
    choice('concat', t.concat.options, t.concat),
    choice('lookup', t.lookup.options, t.lookup),
    choice('mask', t.mask.options.prefault({}), t.mask),
    choice('hash', t.hash.options.prefault({}), t.hash),
    choice('upper', t.upper.options.prefault({}), t.upper),
    choice('lower', t.lower.options.prefault({}), t.lower),
    choice('trim', t.trim.options.prefault({}), t.trim),
    choice('flatten', flatten.options.prefault({}), flatten),
  ])
  .meta({ id: 'ColumnTransform', outputId: 'StoredColumnTransform' });
export type ColumnTransform = z.infer<typeof columnTransform>;
