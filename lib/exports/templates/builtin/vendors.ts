import {
  type BuiltinTemplate,
  columnSwitch,
  columnsAs,
  conditionSwitch,
  isActive,
  pagesOf,
  textOf,
} from './common.ts';

/** Over the dataset `vendors`. */
export const vendorTemplates: readonly BuiltinTemplate[] = [
  {
    id: 'vendor-list',
    name: 'Vendor list',
    description: 'Every vendor with whom to write or call, and the terms.',
    definition: {
      dataset: 'vendors',
      columns: columnsAs({
        vendor_id: 'Vendor',
        name: 'Name',
        contact_name: 'Contact',
        contact_email: 'E-mail',
        phone: 'Phone',
        city: 'City',
        region: 'Region',
        country: 'Country',
        payment_terms: 'Payment terms',
        lead_time_days: 'Lead time (days)',
        currency: 'Currency',
      }),
      filter: {
        and: [isActive, { field: 'country', op: 'eq', value: '' }],
      },
      sort: [{ field: 'name' }, { field: 'vendor_id' }],
      format: { type: 'csv' },
    },
    customizations: [
      conditionSwitch(
        'activeOnly',
        'Active vendors only',
        'Leaves out whom nothing is bought from any more.',
        'filter.and.0',
      ),
      textOf('country', 'Country', 'filter.and.1'),
      columnSwitch(
        'includeContacts',
        'People',
        'With the names, e-mail addresses and phones of the contacts.',
        ['columns.2', 'columns.3', 'columns.4'],
      ),
      ...pagesOf('landscape'),
    ],
    formats: ['xlsx', 'pdf', 'json'],
  },
];
