import { type BuiltinTemplate, columnsAs, pagesOf, periodOf, textOf, totalsOf } from './common.ts';

const posted = 'By the time of posting, in UTC.';
const oneCurrency = 'A last row with the sums. For entries of one currency.';

/** Over the dataset `ledger_entries`. */
export const ledgerTemplates: readonly BuiltinTemplate[] = [
  {
    id: 'ledger-entries',
    name: 'Ledger entries',
    description: 'Every entry of a period, as bookkeeping takes it.',
    definition: {
      dataset: 'ledger_entries',
      columns: columnsAs({
        entry_id: 'Entry',
        posted_at: 'Posted',
        settlement_id: 'Settlement',
        order_id: 'Order',
        sku: 'SKU',
        marketplace: 'Marketplace',
        transaction_type: 'Transaction',
        amount_type: 'Type',
        amount_description: 'Description',
        quantity: 'Quantity',
        amount: 'Amount',
        currency: 'Currency',
      }),
      filter: {
        and: [
          { field: 'posted_at', op: 'during', value: { previous: 'month' } },
          { field: 'marketplace', op: 'eq', value: '' },
        ],
      },
      sort: [{ field: 'posted_at' }, { field: 'entry_id' }],
      format: { type: 'csv' },
    },
    customizations: [
      periodOf('filter.and.0', 'last-month', posted),
      textOf('marketplace', 'Marketplace', 'filter.and.1'),
      totalsOf('decimals', false, oneCurrency),
      ...pagesOf('landscape'),
    ],
    formats: ['xlsx', 'pdf', 'json', 'parquet'],
  },
  {
    id: 'ledger-by-month',
    name: 'Ledger by month',
    description: 'What each kind of transaction came to, month by month and marketplace by marketplace.',
    definition: {
      dataset: 'ledger_entries',
      filter: { field: 'posted_at', op: 'during', value: { this: 'year' } },
      groupBy: [
        { field: 'posted_at', bucket: { unit: 'month' }, header: 'From' },
        { field: 'marketplace', header: 'Marketplace' },
        { field: 'transaction_type', header: 'Transaction' },
        { field: 'currency', header: 'Currency' },
      ],
      aggregates: [
        { function: 'count', header: 'Entries' },
        { function: 'sum', field: 'amount', header: 'Amount' },
      ],
      format: { type: 'csv' },
    },
    customizations: [
      periodOf('filter', 'this-year', posted),
      totalsOf('numbers', false, oneCurrency),
      ...pagesOf(),
    ],
    formats: ['xlsx', 'pdf', 'json', 'parquet'],
  },
];
