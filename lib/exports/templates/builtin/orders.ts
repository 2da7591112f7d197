import {
  type BuiltinTemplate,
  columnSwitch,
  columnsAs,
  conditionSwitch,
  dateFormat,
  pagesOf,
  periodOf,
  totalsOf,
} from './common.ts';

const ordered = 'By the day of the order.';

/** Over the dataset `purchase_orders`, with its lines. */
export const orderTemplates: readonly BuiltinTemplate[] = [
  {
    id: 'purchase-orders',
    name: 'Purchase orders',
    description: 'Orders with their lines, or with their totals alone.',
    definition: {
      dataset: 'purchase_orders',
      columns: columnsAs({
        order_number: 'Order',
        vendor_name: 'Vendor',
        status: 'Status',
        order_date: 'Ordered',
        expected_date: 'Expected',
        total: 'Order total',
        currency: 'Currency',
        'lines.line_number': 'Line',
        'lines.sku': 'SKU',
        'lines.description': 'Description',
        'lines.quantity': 'Quantity',
        'lines.quantity_received': 'Received',
        'lines.unit_cost': 'Unit cost',
        'lines.line_total': 'Line total',
      }),
      filter: {
        and: [
          { field: 'order_date', op: 'during', value: { last: 90, unit: 'day' } },
          { field: 'received_date', op: 'isNull' },
        ],
      },
      sort: [{ field: 'order_number' }, { field: 'lines.line_number' }],
      format: { type: 'csv' },
    },
    customizations: [
      {
        ...columnSwitch(
          'includeLineItems',
          'Lines',
          'One row for each line of an order; otherwise one for each order.',
          [...[7, 8, 9, 10, 11, 12, 13].map((at) => `columns.${at}`), 'sort.1'],
        ),
      },
      periodOf('filter.and.0', 'last-90-days', ordered),
      conditionSwitch(
        'openOnly',
        'Open orders only',
        'Those that have not been received yet.',
        'filter.and.1',
      ),
      dateFormat,
      ...pagesOf('landscape'),
    ],
    formats: ['xlsx', 'pdf', 'json'],
  },
  {
    id: 'spend-by-vendor',
    name: 'Spend by vendor',
    description: 'How many orders each vendor was given, and what they came to, month by month.',
    definition: {
      dataset: 'purchase_orders',
      filter: { field: 'order_date', op: 'during', value: { this: 'year' } },
      groupBy: [
        { field: 'vendor_id', header: 'Vendor' },
        { field: 'vendor_name', header: 'Name' },
        { field: 'order_date', bucket: { unit: 'month' }, header: 'From' },
        { field: 'currency', header: 'Currency' },
      ],
      aggregates: [
        { function: 'count', header: 'Orders' },
        { function: 'sum', field: 'total', header: 'Total' },
      ],
      format: { type: 'csv' },
    },
    customizations: [
      periodOf('filter', 'this-year', ordered),
      {
        field: 'unit',
        label: 'One row for each',
        type: 'select',
        options: ['week', 'month', 'quarter', 'year'],
        labels: { week: 'Week', month: 'Month', quarter: 'Quarter', year: 'Year' },
        default: 'month',
        sets: [{ path: 'groupBy.2.bucket.unit' }],
      },
      totalsOf('numbers', false, 'A last row with the sums. For orders of one currency.'),
      ...pagesOf(),
    ],
    formats: ['xlsx', 'pdf', 'json'],
  },
];
