import type { z } from 'zod';
import { periodChoice } from '#lib/exports/templates/periods.ts';
import type { templateSchema } from '#lib/exports/templates/schema.ts';

/** A template as it is written here: an id for ever, and defaults left out. */
export type BuiltinTemplate = z.input<typeof templateSchema> & { readonly id: string };

type CustomizationInput = NonNullable<BuiltinTemplate['customizations']>[number];

/** How days are written, in the formats that write them as text or show them in one way or another. */
export const dateFormat: CustomizationInput = {
  field: 'dateFormat',
  label: 'Days',
  type: 'select',
  options: ['YYYY-MM-DD', 'MM/DD/YYYY', 'DD/MM/YYYY', 'DD.MM.YYYY'],
  labels: {
    'YYYY-MM-DD': '2026-01-31',
    'MM/DD/YYYY': '01/31/2026',
    'DD/MM/YYYY': '31/01/2026',
    'DD.MM.YYYY': '31.01.2026',
  },
  default: 'YYYY-MM-DD',
  sets: [
    {
      path: 'format.options.dateFormat',
      format: 'csv',
      values: {
        'MM/DD/YYYY': 'MM/DD/YYYY',
        'DD/MM/YYYY': 'DD/MM/YYYY',
        'DD.MM.YYYY': 'DD.MM.YYYY',
      },
    },
    {
      path: 'format.options.formats.date',
      format: 'xlsx',
      values: { 'MM/DD/YYYY': 'mm/dd/yyyy', 'DD/MM/YYYY': 'dd/mm/yyyy', 'DD.MM.YYYY': 'dd.mm.yyyy' },
    },
  ],
};

/** Which rows by a column of times; `path` is that of its condition. */
export function periodOf(path: string, standard: string, description: string): CustomizationInput {
  return { field: 'period', label: 'Period', description, ...periodChoice(path, standard) };
}

/** A text that a column has to hold; every row where it is empty. */
export function textOf(field: string, label: string, path: string): CustomizationInput {
  return {
    field,
    label,
    description: 'All of them where empty.',
    type: 'text',
    default: '',
    sets: [{ path: `${path}.value` }, { path, values: { '': null } }],
  };
}

/** A switch that takes these columns out of the file; the number after `columns.` is that in the definition. */
export function columnSwitch(
  field: string,
  label: string,
  description: string,
  paths: readonly string[],
): CustomizationInput {
  return {
    field,
    label,
    description,
    type: 'boolean',
    default: true,
    sets: paths.map((path) => ({ path, values: { false: null } })),
  };
}

/** A switch without which a condition goes. */
export function conditionSwitch(
  field: string,
  label: string,
  description: string,
  path: string,
): CustomizationInput {
  return columnSwitch(field, label, description, [path]);
}

/** Whatever is not said to be out of use: a source that says nothing of it leaves the column empty. */
export const isActive = {
  or: [
    { field: 'active', op: 'eq', value: true },
    { field: 'active', op: 'isNull' },
  ],
} satisfies BuiltinTemplate['definition']['filter'];

/** Columns under headers that people read. */
export function columnsAs(headers: Readonly<Record<string, string>>): { source: string; header: string }[] {
  return Object.entries(headers).map(([source, header]) => ({ source, header }));
}

/** How the pages of a PDF lie; a wide table begins in landscape. */
export function pagesOf(orientation: 'auto' | 'landscape' = 'auto'): CustomizationInput[] {
  return [
    {
      field: 'paper',
      label: 'Paper',
      type: 'select',
      options: ['a4', 'letter'],
      labels: { a4: 'A4', letter: 'Letter' },
      default: 'a4',
      sets: [{ path: 'format.options.paper', format: 'pdf' }],
    },
    {
      field: 'orientation',
      label: 'Orientation',
      type: 'select',
      options: ['auto', 'portrait', 'landscape'],
      labels: { auto: 'As the columns need', portrait: 'Portrait', landscape: 'Landscape' },
      default: orientation,
      sets: [{ path: 'format.options.orientation', format: 'pdf' }],
    },
  ];
}

/** A switch for a last row of a PDF with the sums of what can be summed: `numbers` are whole ones too. */
export function totalsOf(
  numbers: 'decimals' | 'numbers',
  standard: boolean,
  description: string,
): CustomizationInput {
  return {
    field: 'totals',
    label: 'Totals',
    description,
    type: 'boolean',
    default: standard,
    sets: [{ path: 'format.options.totals', format: 'pdf', values: { true: numbers } }],
  };
}
