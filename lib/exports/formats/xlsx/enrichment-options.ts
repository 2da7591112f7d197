import { z } from 'zod';

const column = z.string().min(1).max(1_000).meta({
  title: 'Column',
  input: 'column',
  description: 'A column of the file, by the name that it has there or by its name in the data.',
});
const text = (title: string, description: string) => z.string().max(255).meta({ title, description });

const chart = z
  .strictObject({
    type: z
      .enum(['column', 'bar', 'line', 'area', 'pie', 'scatter'])
      .default('column')
      .meta({
        title: 'Kind of chart',
        description: 'Columns and bars compare, lines and areas show a course, a pie shares of a whole.',
        labels: {
          column: 'Columns',
          bar: 'Bars',
          line: 'Lines',
          area: 'Areas',
          pie: 'Pie',
          scatter: 'Points',
        },
      }),
    title: text('Title', 'Above the chart.').default(''),
    categories: column.meta({
      title: 'For each',
      description: 'One bar, point or slice for each value of this column; for points, numbers.',
    }),
    values: z.array(column).min(1).max(8).meta({
      title: 'Values',
      description: 'Columns of numbers, each a series; a pie has one.',
    }),
    function: z
      .enum(['sum', 'average', 'count', 'min', 'max'])
      .default('sum')
      .meta({
        title: 'Taken together by',
        description: 'How the rows of one category become one value.',
        labels: { sum: 'Sum', average: 'Average', count: 'Count', min: 'Least', max: 'Most' },
      }),
  })
  .refine(({ type, values }) => type !== 'pie' || values.length === 1, {
    path: ['values'],
    message: 'a pie shows one column',
  });
export type ChartOptions = z.infer<typeof chart>;

const pivotTable = z
  .strictObject({
    rows: z.array(column).min(1).max(3).meta({
      title: 'Down the side',
      description: 'Columns whose values become rows, the later within the earlier.',
    }),
    columns: z.array(column).max(1).default([]).meta({
      title: 'Across the top',
      description: 'A column whose values become columns.',
    }),
    values: z
      .array(
        z.strictObject({
          column,
          function: z
            .enum(['sum', 'count', 'min', 'max'])
            .default('sum')
            .meta({
              title: 'Taken together by',
              description: 'What the totals can be made of too; an average of averages would be wrong.',
              labels: { sum: 'Sum', count: 'Count', min: 'Least', max: 'Most' },
            }),
        }),
      )
      .min(1)
      .max(5)
      .meta({ title: 'Values', description: 'What the cells of the pivot table show.' }),
  })
  .refine(({ columns, values }) => columns.length === 0 || values.length === 1, {
    path: ['values'],
    message: 'a pivot table with a column across the top shows one value; add another table for another',
  });
export type PivotOptions = z.infer<typeof pivotTable>;

const formula = z.strictObject({
  header: z.string().min(1).max(1_000).meta({ title: 'Name', description: 'Of the new column.' }),
  formula: z
    .string()
    .max(1_000)
    .regex(/^=[^|[\]]+$/, 'must begin with = and name no other workbook or program')
    .meta({
      title: 'Formula',
      description: 'As in Excel, with columns in braces, which stand for the cell of the same row.',
      examples: ['={quantity}*{unit_price}'],
    }),
  format: z
    .enum(['General', '0', '#,##0', '0.00', '#,##0.00', '0%', '0.0%', 'yyyy-mm-dd'])
    .default('General')
    .meta({
      title: 'Shown as',
      description: 'The format of the result.',
      labels: {
        General: 'As it is',
        '0': '1234',
        '#,##0': '1,234',
        '0.00': '1234.50',
        '#,##0.00': '1,234.50',
        '0%': '12%',
        '0.0%': '12.5%',
        'yyyy-mm-dd': '2026-01-31',
      },
    }),
});
export type FormulaOptions = z.infer<typeof formula>;

const total = z.strictObject({
  column,
  function: z
    .enum(['sum', 'average', 'count', 'min', 'max'])
    .default('sum')
    .meta({
      title: 'Taken together by',
      description: 'The formula below the last row.',
      labels: { sum: 'Sum', average: 'Average', count: 'Count', min: 'Least', max: 'Most' },
    }),
});
export type TotalOptions = z.infer<typeof total>;

const conditionalFormat = z
  .strictObject({
    column,
    rule: z
      .enum([
        'greaterThan',
        'lessThan',
        'equal',
        'between',
        'contains',
        'duplicates',
        'empty',
        'colorScale',
        'dataBar',
        'icons',
      ])
      .meta({
        title: 'Cells that',
        description: 'Which cells stand out, or how all of them show their size.',
        labels: {
          greaterThan: 'are more than',
          lessThan: 'are less than',
          equal: 'are',
          between: 'lie between',
          contains: 'contain',
          duplicates: 'occur more than once',
          empty: 'are empty',
          colorScale: 'are coloured from least to most',
          dataBar: 'have a bar in them',
          icons: 'have an arrow beside them',
        },
      }),
    value: text('Value', 'A number, a date as 2026-01-31, or a text.').default(''),
    upTo: text('Up to', 'The upper end, where they lie between two values.').default(''),
    look: z
      .enum(['good', 'neutral', 'bad'])
      .default('bad')
      .meta({
        title: 'Look',
        description: 'The colour of those cells.',
        labels: { good: 'Green', neutral: 'Yellow', bad: 'Red' },
      }),
  })
  .refine(
    ({ rule, value }) =>
      value !== '' || !['greaterThan', 'lessThan', 'equal', 'between', 'contains'].includes(rule),
    { path: ['value'], message: 'is needed for this rule' },
  )
  .refine(({ rule, upTo }) => upTo !== '' || rule !== 'between', {
    path: ['upTo'],
    message: 'is needed for this rule',
  });
export type ConditionalFormatOptions = z.infer<typeof conditionalFormat>;

const validation = z
  .strictObject({
    column,
    allow: z.enum(['list', 'wholeNumber', 'decimal', 'date', 'textLength']).meta({
      title: 'Allow',
      description: 'What may be typed into the column afterwards.',
      labels: {
        list: 'One of a list',
        wholeNumber: 'A whole number',
        decimal: 'A number',
        date: 'A date',
        textLength: 'A text of a length',
      },
    }),
    values: z
      .array(
        z
          .string()
          .min(1)
          .max(255)
          .regex(/^[^,"]+$/, 'may hold no comma and no quote'),
      )
      .max(100)
      .default([])
      .meta({ title: 'The list', description: 'At most 255 characters in all, which is what Excel takes.' }),
    from: text('From', 'The least that is allowed.').default(''),
    upTo: text('Up to', 'The most that is allowed.').default(''),
    message: text('Message', 'What is said to someone who types something else.').default(''),
  })
  .refine(({ allow, values }) => allow !== 'list' || isListOfExcel(values), {
    path: ['values'],
    message: 'must be a list of 1 to 255 characters in all',
  })
  .refine(({ allow, from, upTo }) => allow === 'list' || (from !== '' && upTo !== ''), {
    path: ['from'],
    message: 'and upTo are needed for this rule',
  });
export type ValidationOptions = z.infer<typeof validation>;

function isListOfExcel(values: readonly string[]): boolean {
  return values.length > 0 && values.join(',').length <= 255;
}

/** What a workbook can have beside its rows. */
export const enrichmentOptions = {
  charts: z.array(chart).max(12).default([]).meta({
    title: 'Charts',
    description: 'On a sheet of their own, over values that are taken together while the rows are written.',
  }),
  pivotTables: z.array(pivotTable).max(6).default([]).meta({
    title: 'Pivot tables',
    description:
      'Each on a sheet of its own, over values that are taken together while the rows are written.',
  }),
  formulas: z.array(formula).max(20).default([]).meta({
    title: 'Columns with a formula',
    description: 'Beside the others, for Excel to reckon.',
  }),
  totals: z.array(total).max(100).default([]).meta({
    title: 'Totals',
    description:
      'In a row below the last, as formulas. A column of which a value stands as text, such as a long number, says so there.',
  }),
  conditionalFormats: z.array(conditionalFormat).max(20).default([]).meta({
    title: 'Cells that stand out',
    description: 'By their value, also after it has been changed.',
  }),
  validations: z.array(validation).max(20).default([]).meta({
    title: 'What may be typed',
    description: 'Checks of what people type into a column afterwards.',
  }),
};
