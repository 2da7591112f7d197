import { z } from 'zod';
import type { ColumnType } from '#lib/core/columns.ts';
import type { JsonValues } from '#lib/core/json-object.ts';
import { unixSeconds } from '#lib/core/unix-time.ts';
import { timeOptions, timeWriter } from './written-times.ts';

const MAX_LEVELS = 5;
const MAX_ENTITIES = 20;
const MAX_MEMBERS = 500;

const values = {
  numbers: z
    .enum(['exact', 'number'])
    .default('exact')
    .meta({
      title: 'Numbers',
      description:
        'Many programs round long numbers when they read them. As text every digit arrives, which matters for money.',
      labels: { exact: 'Decimals as text, exact', number: 'All as numbers' },
    }),
  dates: z
    .enum(['iso', 'unix', 'pattern'])
    .default('iso')
    .meta({
      title: 'Days and times',
      description: 'As ISO 8601 text, as the seconds since 1970, or by the patterns below.',
      labels: { iso: '2026-01-31T08:00:00Z', unix: '1769846400', pattern: 'By a pattern' },
    }),
  ...timeOptions,
  nulls: z
    .enum(['include', 'exclude', 'empty'])
    .default('include')
    .meta({
      title: 'Where there is no value',
      description: 'Null, no member at all, or an empty text, which is then like any other.',
      labels: { include: 'null', exclude: 'Left out', empty: 'Empty text' },
    }),
  arrays: z
    .enum(['expand', 'stringify'])
    .default('expand')
    .meta({
      title: 'Lists and objects',
      description: 'As such, or as a text that holds their JSON.',
      labels: { expand: 'As they are', stringify: 'As text' },
    }),
};

const columnNames = z.array(z.string().min(1).meta({ input: 'column' }));

const entity = z.strictObject({
  name: z.string().min(1).max(200).meta({ title: 'Name', description: 'What the list is called.' }),
  key: columnNames.min(1).max(MAX_MEMBERS).meta({
    title: 'Key',
    description: 'The columns that tell one from another; they stay in the rows too, which point by them.',
  }),
  columns: columnNames.max(MAX_MEMBERS).meta({
    title: 'Columns',
    description: 'What else belongs to it, taken out of the rows.',
  }),
});
export type Entity = z.infer<typeof entity>;

const document = {
  structure: z
    .enum(['flat', 'nested', 'normalized'])
    .default('flat')
    .meta({
      title: 'Structure',
      description:
        'A list of rows, groups with their rows within, or rows beside the things that they share, each written once.',
      labels: { flat: 'Rows', nested: 'Grouped', normalized: 'Normalised' },
    }),
  groupBy: columnNames.max(MAX_LEVELS).default([]).meta({
    title: 'Group by',
    description: 'Of grouped rows: the columns whose values make the groups, the outer ones first.',
  }),
  childrenName: z.string().min(1).max(200).default('rows').meta({
    title: 'The rows of a group',
    description: 'What the list within a group is called.',
  }),
  entities: z.array(entity).max(MAX_ENTITIES).default([]).meta({
    title: 'Shared things',
    description: 'Of normalised rows: what several rows repeat, such as the vendor of an item.',
  }),
  pretty: z.boolean().default(false).meta({
    title: 'Laid out for people',
    description: 'Each value on a line of its own; the file grows by about a half.',
  }),
  metadata: z.boolean().default(true).meta({
    title: 'Note on the file',
    description: 'What it holds and when it was made, before the rows.',
  }),
};

type Patterns = Readonly<
  Pick<z.infer<z.ZodObject<typeof values>>, 'dates' | 'dateFormat' | 'timestampFormat'>
>;

const fits = ({ dates, dateFormat, timestampFormat }: Patterns) =>
  (dates === 'pattern') === ((dateFormat ?? timestampFormat) !== undefined);
const misfit = {
  path: ['dates'],
  message: 'must be "pattern" where "dateFormat" or "timestampFormat" is given, and only there',
};

/** What NDJSON can be asked for: how values are written. */
export const ndjsonOptions = z.strictObject(values).refine(fits, misfit);
export type NdjsonOptions = z.infer<typeof ndjsonOptions>;

/** Everything that a JSON document can be asked to be. */
export const jsonOptions = z
  .strictObject({ ...document, ...values })
  .refine(fits, misfit)
  .refine(({ structure, groupBy }) => (structure === 'nested') === groupBy.length > 0, {
    path: ['groupBy'],
    message: 'must name columns where the structure is "nested", and only there',
  })
  .refine(({ structure, entities }) => (structure === 'normalized') === entities.length > 0, {
    path: ['entities'],
    message: 'must name what rows share where the structure is "normalized", and only there',
  });
export type JsonOptions = z.infer<typeof jsonOptions>;

/** How cells are written, as the encoder of objects takes it. */
export function jsonValues(options: NdjsonOptions): JsonValues {
  const { nulls, arrays } = options;
  return { nulls, arrays, time: (type) => timeText(type, options) };
}

function timeText(type: ColumnType, options: NdjsonOptions): ((cell: string) => string) | undefined {
  if (options.dates === 'unix' && (type === 'date' || type === 'timestamp')) {
    return (cell) => unixSeconds(cell) ?? JSON.stringify(cell);
  }
  const write = timeWriter(type, options);
  return write && ((cell) => JSON.stringify(write(cell)));
}
