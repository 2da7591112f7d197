import { inventoryTemplates } from './builtin/inventory.ts';
import { ledgerTemplates } from './builtin/ledger.ts';
import { orderTemplates } from './builtin/orders.ts';
import { vendorTemplates } from './builtin/vendors.ts';
import { type Template, templateSchema } from './schema.ts';

/** The templates that come along, for the built-in datasets; their ids are words that stay. */
export const builtinTemplates: readonly (Template & { readonly id: string })[] = [
  ...inventoryTemplates,
  ...vendorTemplates,
  ...orderTemplates,
  ...ledgerTemplates,
].map(({ id, ...template }) => ({ id, ...templateSchema.parse(template) }));
