import { z } from 'zod';
import { MAX_ROWS } from './sheet-limits.ts';

/** A workbook of one's own that is filled in place of a new one. */
export const templateOptions = z.strictObject({
  upload: z.string().min(1).max(200).meta({
    title: 'Workbook',
    input: 'upload',
    description:
      'The uploaded .xlsx file. All that is not filled stays as it is, and its charts follow the rows.',
  }),
  sheet: z.string().min(1).max(31).optional().meta({
    title: 'Sheet',
    description: 'The sheet to fill; the first where absent, or that of the table.',
  }),
  table: z.string().min(1).max(255).optional().meta({
    title: 'Table',
    description: 'The table to fill, by its name in Excel. Its columns are found by their headings.',
  }),
  startCell: z
    .string()
    .regex(/^[A-Z]{1,3}[1-9]\d{0,6}$/, 'must be a cell such as A2')
    .refine(isOnSheet, 'must be a cell of a sheet, which end at XFD1048576')
    .default('A2')
    .meta({
      title: 'First cell',
      description:
        'Where the rows begin on a sheet without a table. Its cells give the looks of the columns, and the row above it their headings.',
    }),
});
export type TemplateOptions = z.infer<typeof templateOptions>;

function isOnSheet(cell: string): boolean {
  const letters = cell.replace(/\d+/, '');
  return letters.padStart(3) <= 'XFD' && Number(cell.slice(letters.length)) <= MAX_ROWS;
}
