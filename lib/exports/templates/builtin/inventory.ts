import {
  type BuiltinTemplate,
  columnSwitch,
  columnsAs,
  conditionSwitch,
  isActive,
  pagesOf,
  textOf,
  totalsOf,
} from './common.ts';

const activeOnly = (path: string) =>
  conditionSwitch('activeOnly', 'Active items only', 'Leaves out what is marked as no longer active.', path);

/** Over the dataset `inventory_items`. */
export const inventoryTemplates: readonly BuiltinTemplate[] = [
  {
    id: 'stock-list',
    name: 'Stock list',
    description: 'What is on hand, on order and available of each item, with its cost and price.',
    definition: {
      dataset: 'inventory_items',
      columns: columnsAs({
        sku: 'SKU',
        name: 'Name',
        category: 'Category',
        location: 'Location',
        quantity_on_hand: 'On hand',
        quantity_available: 'Available',
        quantity_on_order: 'On order',
        unit_cost: 'Unit cost',
        unit_price: 'Unit price',
        currency: 'Currency',
      }),
      filter: {
        and: [isActive, { field: 'category', op: 'eq', value: '' }],
      },
      sort: [{ field: 'sku' }],
      format: { type: 'csv' },
    },
    customizations: [
      activeOnly('filter.and.0'),
      textOf('category', 'Category', 'filter.and.1'),
      columnSwitch(
        'includePrices',
        'Costs and prices',
        'With the columns of unit cost, unit price and currency.',
        ['columns.7', 'columns.8', 'columns.9'],
      ),
      ...pagesOf('landscape'),
    ],
    formats: ['xlsx', 'pdf', 'json'],
  },
  {
    id: 'low-stock',
    name: 'Low stock',
    description: 'Items of which little is left, the scarcest first, with whom to order from.',
    definition: {
      dataset: 'inventory_items',
      columns: columnsAs({
        sku: 'SKU',
        name: 'Name',
        quantity_available: 'Available',
        quantity_on_order: 'On order',
        reorder_point: 'Reorder point',
        reorder_quantity: 'Reorder quantity',
        preferred_vendor_id: 'Vendor',
        lead_time_days: 'Lead time (days)',
      }),
      filter: {
        and: [{ field: 'quantity_available', op: 'lte', value: 10 }, isActive],
      },
      sort: [{ field: 'quantity_available' }, { field: 'sku' }],
      format: { type: 'csv' },
    },
    customizations: [
      {
        field: 'atMost',
        label: 'At most so many available',
        type: 'number',
        default: 10,
        sets: [{ path: 'filter.and.0.value' }],
      },
      activeOnly('filter.and.1'),
      ...pagesOf(),
    ],
    formats: ['xlsx', 'pdf', 'json'],
  },
  {
    id: 'stock-by-category',
    name: 'Stock by category',
    description: 'How many items each category has, and how much of them is on hand and on order.',
    definition: {
      dataset: 'inventory_items',
      groupBy: [{ field: 'category', header: 'Category' }],
      aggregates: [
        { function: 'count', header: 'Items' },
        { function: 'sum', field: 'quantity_on_hand', header: 'On hand' },
        { function: 'sum', field: 'quantity_on_order', header: 'On order' },
      ],
      sort: [{ field: 'category' }],
      format: { type: 'csv' },
    },
    customizations: [totalsOf('numbers', true, 'A last row with the sums of all categories.'), ...pagesOf()],
    formats: ['xlsx', 'pdf', 'json'],
  },
];
