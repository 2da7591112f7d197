import { z } from 'zod';
import { timeOptions } from './written-times.ts';

const MAX_DECIMALS = 20;

const dialect = {
  delimiter: z
    .enum([',', ';', '\t', '|'])
    .default(',')
    .meta({
      title: 'Between two cells',
      description: 'Excel expects a semicolon where numbers are written with a decimal comma.',
      labels: { ',': 'Comma ,', ';': 'Semicolon ;', '\t': 'Tab', '|': 'Bar |' },
    }),
  quotes: z
    .enum(['minimal', 'all', 'none'])
    .default('minimal')
    .meta({
      title: 'Quotes',
      description:
        'Around cells that hold the separator, a quote or a line break, around every cell, or around none. With none, the backslash stands before those where it is chosen below, and ends the run otherwise; an empty text is no value then.',
      labels: { minimal: 'Where needed', all: 'Around every cell', none: 'None' },
    }),
  escape: z
    .enum(['"', '\\'])
    .default('"')
    .meta({
      title: 'Quotes within a cell',
      description: 'Spreadsheets expect it twice; MySQL and some other programs a backslash before it.',
      labels: { '"': 'Twice ""', '\\': 'After a backslash \\"' },
    }),
  lineEnd: z
    .enum(['lf', 'crlf'])
    .default('lf')
    .meta({
      title: 'Line ends',
      description: 'Most programs read both; some older ones for Windows want theirs.',
      labels: { lf: 'LF (usual)', crlf: 'CRLF (Windows)' },
    }),
  encoding: z
    .enum(['utf-8', 'utf-16', 'ascii'])
    .default('utf-8')
    .meta({
      title: 'Encoding',
      description:
        'UTF-16 is written with its byte order mark. ASCII has no accents and no letters past A–Z: each becomes a question mark.',
      labels: { 'utf-8': 'UTF-8 (usual)', 'utf-16': 'UTF-16', ascii: 'ASCII' },
    }),
  header: z.boolean().default(true).meta({
    title: 'Column names in the first line',
    description: 'Turn off for programs that expect nothing but rows.',
  }),
  headerNames: z
    .enum(['names', 'labels'])
    .default('names')
    .meta({
      title: 'What columns are called',
      description: 'A column that the export calls by a name of its own keeps that in any case.',
      labels: { names: 'By their names', labels: 'By their labels' },
    }),
  bom: z.boolean().default(false).meta({
    title: 'Byte order mark, for Excel',
    description:
      'Lets Excel recognise accents and other letters past A–Z in UTF-8. Other programs may stumble over it.',
  }),
};

const values = {
  formulaGuard: z.boolean().default(true).meta({
    title: 'Guard against formulas',
    description:
      "Puts ' before text that begins with = + - @, which a spreadsheet would otherwise run as a formula.",
  }),
  nullText: z
    .string()
    .max(50)
    .regex(/^[^"\r\n]*$/, 'must not hold a quote or a line break')
    .default('')
    .meta({
      title: 'Where there is no value',
      description:
        'What is written there, such as NULL or \\N; nothing where empty. A cell that holds this very text is quoted.',
    }),
  decimals: z.int().min(0).max(MAX_DECIMALS).optional().meta({
    title: 'Decimal places',
    description: 'Decimals are rounded half up to so many; as they are stored where absent.',
  }),
  decimalSeparator: z
    .enum(['.', ','])
    .default('.')
    .meta({
      title: 'Decimal sign',
      description: 'Many countries of Europe and South America write a comma.',
      labels: { '.': 'Point 0.5', ',': 'Comma 0,5' },
    }),
  thousandsSeparator: z
    .enum(['', ',', '.', ' ', "'"])
    .default('')
    .meta({
      title: 'Between thousands',
      description: 'Programs that compute with the numbers expect nothing there.',
      labels: { '': 'Nothing', ',': 'Comma 1,000', '.': 'Point 1.000', ' ': 'Blank 1 000', "'": "1'000" },
    }),
  ...timeOptions,
};

/** Everything that a CSV file can be asked to be. */
export const csvOptions = z
  .strictObject({ ...dialect, ...values })
  .refine(({ decimalSeparator, thousandsSeparator }) => decimalSeparator !== thousandsSeparator, {
    path: ['thousandsSeparator'],
    message: 'must differ from the decimal sign',
  })
  .refine(({ nullText, delimiter }) => !nullText.includes(delimiter), {
    path: ['nullText'],
    message: 'must not hold what stands between two cells',
  })
  .refine(({ nullText, encoding }) => encoding !== 'ascii' || /^[\0-\x7f]*$/.test(nullText), {
    path: ['nullText'],
    message: 'must be of ASCII where the file is',
  });
export type CsvOptions = z.infer<typeof csvOptions>;

/** Whether every cell is written with the text that it is stored as. */
export function keepsValues(options: CsvOptions): boolean {
  const { decimals, decimalSeparator, thousandsSeparator, dateFormat, timestampFormat, timeZone } = options;
  const numbers = decimals === undefined && decimalSeparator === '.' && thousandsSeparator === '';
  return numbers && dateFormat === undefined && timestampFormat === undefined && timeZone === 'UTC';
}
