import { z } from 'zod';

export const options = z.strictObject({
  title: z.string().trim().max(200).default('').meta({
    title: 'Title',
    description: 'Stands above the table on each page; the name of the export where empty.',
  }),
  footer: z.string().trim().max(200).default('').meta({
    title: 'At the foot of each page',
    description: 'A line of your own, left of the page number.',
  }),
  paper: z
    .enum(['a4', 'letter', 'a3', 'legal', 'tabloid', 'a5'])
    .default('a4')
    .meta({
      title: 'Paper',
      description: 'A4 is usual in most of the world, Letter in North America.',
      labels: { a4: 'A4', letter: 'Letter', a3: 'A3', legal: 'Legal', tabloid: 'Tabloid', a5: 'A5' },
    }),
  orientation: z
    .enum(['auto', 'portrait', 'landscape'])
    .default('auto')
    .meta({
      title: 'Orientation',
      description: 'Landscape has room for more columns.',
      labels: { auto: 'As the columns need', portrait: 'Portrait', landscape: 'Landscape' },
    }),
  fontSize: z.number().min(5).max(16).default(8).meta({
    title: 'Size of letters, in points',
    description:
      'Smaller letters are taken where the columns or a row would not fit on the page, down to 5 points.',
  }),
  margin: z.int().min(5).max(50).default(12).meta({
    title: 'Margin, in millimetres',
    description: 'Left free on each side of the page.',
  }),
  lines: z.int().min(1).max(20).default(3).meta({
    title: 'Lines in a cell',
    description: 'Longer text goes on in the next line, so often at most; what is left is cut, ending in …',
  }),
  zebra: z.boolean().default(true).meta({
    title: 'Shade every other row',
    description: 'Helps the eye to stay in a row.',
  }),
  borders: z
    .enum(['none', 'rows', 'grid'])
    .default('rows')
    .meta({
      title: 'Lines',
      description: 'Between the rows, or around every cell.',
      labels: { none: 'None', rows: 'Between rows', grid: 'Around cells' },
    }),
  totals: z
    .enum(['none', 'decimals', 'numbers'])
    .default('none')
    .meta({
      title: 'Totals',
      description:
        'A last row with the sum of each decimal column, or of whole numbers too. Amounts in several currencies have no sum.',
      labels: { none: 'None', decimals: 'Of decimals', numbers: 'Of all numbers' },
    }),
  pageNumbers: z.boolean().default(true).meta({
    title: 'Page numbers',
    description: 'Which page it is, of how many.',
  }),
});
export type PdfOptions = z.infer<typeof options>;
