import { z } from 'zod';
import { enrichmentOptions } from './enrichment-options.ts';
import { templateOptions } from './template-options.ts';

const colour = (standard: string) =>
  z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #1F4E78')
    .default(standard);

const styling = z.strictObject({
  headerColor: colour('#1F4E78').meta({
    title: 'Colour of the header',
    input: 'color',
    description: 'Behind the column names, as #RRGGBB.',
  }),
  headerTextColor: colour('#FFFFFF').meta({
    title: 'Text of the header',
    input: 'color',
    description: 'The colour of the column names, as #RRGGBB.',
  }),
  titleRow: z.boolean().default(false).meta({
    title: 'Title above the header',
    description: 'The name of the export in a row of its own.',
  }),
  alternatingRows: z.boolean().default(false).meta({
    title: 'Every other row shaded',
    description: 'Easier to read across; the file grows a little.',
  }),
  borders: z.boolean().default(false).meta({
    title: 'Lines around cells',
    description: 'Thin and grey; the file grows a little.',
  }),
  wrapText: z.boolean().default(false).meta({
    title: 'Wrap long texts',
    description: 'Rows grow with their texts in place of running under the next cell.',
  }),
  autoFilter: z.boolean().default(true).meta({
    title: 'Filter buttons',
    description: 'In the header, to filter and sort by a column.',
  }),
  freezeHeader: z.boolean().default(true).meta({
    title: 'Keep the header in view',
    description: 'It stays in place while the rows scroll.',
  }),
  freezeColumns: z.int().min(0).max(20).default(0).meta({
    title: 'Columns to keep in view',
    description: 'So many of the first columns stay in place while the others scroll.',
  }),
  fitWidths: z.boolean().default(true).meta({
    title: 'Fit the widths of columns',
    description: 'To the names and the first thousand rows; every column is alike where turned off.',
  }),
});

const formats = z.strictObject({
  integer: z
    .enum(['0', '#,##0'])
    .default('0')
    .meta({
      title: 'Whole numbers',
      description: 'How they are shown; the value stays the same.',
      labels: { '0': '1234567', '#,##0': '1,234,567' },
    }),
  decimal: z
    .enum(['General', '0.00', '#,##0.00', '#,##0.####'])
    .default('General')
    .meta({
      title: 'Decimals',
      description: 'How they are shown; the value keeps all its digits.',
      labels: {
        General: 'As they are',
        '0.00': '1234.50',
        '#,##0.00': '1,234.50',
        '#,##0.####': '1,234.5',
      },
    }),
  date: z
    .enum(['yyyy-mm-dd', 'dd/mm/yyyy', 'mm/dd/yyyy', 'dd.mm.yyyy', 'd mmm yyyy'])
    .default('yyyy-mm-dd')
    .meta({
      title: 'Dates',
      description: 'The order of day, month and year, in dates and times.',
      labels: {
        'yyyy-mm-dd': '2026-01-31',
        'dd/mm/yyyy': '31/01/2026',
        'mm/dd/yyyy': '01/31/2026',
        'dd.mm.yyyy': '31.01.2026',
        'd mmm yyyy': '31 Jan 2026',
      },
    }),
  time: z
    .enum(['hh:mm', 'hh:mm:ss', 'hh:mm:ss.000'])
    .default('hh:mm:ss')
    .meta({
      title: 'Times of day',
      description: 'How much of a time is shown. Times are in UTC.',
      labels: { 'hh:mm': '08:30', 'hh:mm:ss': '08:30:15', 'hh:mm:ss.000': '08:30:15.250' },
    }),
});

const properties = z.strictObject({
  author: z.string().max(200).default('Entrepot').meta({
    title: 'Author',
    description: 'In the properties of the workbook.',
  }),
  subject: z.string().max(200).default('').meta({
    title: 'Subject',
    description: 'In the properties of the workbook.',
  }),
  company: z.string().max(200).default('').meta({
    title: 'Company',
    description: 'In the properties of the workbook.',
  }),
});

/** Everything that an Excel file can be asked to be. */
export const xlsxOptions = z.strictObject({
  numbers: z
    .enum(['exact', 'number'])
    .default('exact')
    .meta({
      title: 'Long numbers',
      description: 'Excel keeps 15 digits of a number. Longer ones are written as text, or rounded by Excel.',
      labels: { exact: 'As text, every digit', number: 'As numbers' },
    }),
  compression: z
    .enum(['fast', 'small'])
    .default('fast')
    .meta({
      title: 'Size of the file',
      description: 'A smaller file, by about a sixth, takes half as long again.',
      labels: { fast: 'Sooner done', small: 'Smaller' },
    }),
  sheetName: z.string().max(200).default('').meta({
    title: 'Name of the sheet',
    description: 'The name of the export where empty.',
  }),
  styling: styling.default(styling.parse({})).meta({
    title: 'Looks',
    description: 'Header, lines, widths, and what stays in view.',
  }),
  formats: formats.default(formats.parse({})).meta({
    title: 'Numbers and dates',
    description: 'How they are shown. The cells hold numbers and dates in any case, not their text.',
  }),
  properties: properties.default(properties.parse({})).meta({
    title: 'Properties',
    description: 'What the workbook says of itself.',
  }),
  ...enrichmentOptions,
  template: templateOptions.optional().meta({
    title: 'Your own workbook',
    description:
      'Filled in place of a new one. It brings its own looks, charts and formulas, so those options here have no effect.',
  }),
});
export type XlsxOptions = z.infer<typeof xlsxOptions>;
