import { z } from 'zod';
import { MAX_EXPRESSION_LENGTH } from '#lib/datasets/expression/syntax.ts';
import { filterSchema } from '#lib/datasets/filter.ts';
import { aggregate } from '#lib/exports/query/aggregate-schema.ts';
import { groupKey } from '#lib/exports/query/group-schema.ts';
import { outputNames } from '#lib/exports/query/output-names.ts';
import { columnTransform } from '#lib/exports/shape/schema.ts';

const MAX_COLUMNS = 1_000;
const MAX_SORT_KEYS = 20;
const MAX_GROUP_KEYS = 20;
const MAX_AGGREGATES = 100;

/** What a row can be to an export that has delivered before. */
const rowStatuses = ['new', 'updated'] as const;

const column = z
  .strictObject({
    source: z.string().min(1).meta({
      description:
        'A column of the dataset, or of a related one as in `vendor.name`; in a query that groups, one of its outputs. Of each row of a table also `_status` (`new` or `updated`, of an incremental export), `_identifier` (its key in its source) and `_extractedAt` (when it was read there).',
    }),
    header: z.string().min(1).max(1_000).optional().meta({
      description: 'What the column is called in the file; its name where absent.',
    }),
    transform: columnTransform.optional(),
    personal: z.literal('show').optional().meta({
      description: 'Shows a column of personal data, which is masked otherwise.',
    }),
  })
  .meta({ id: 'ExportColumn', outputId: 'StoredExportColumn' });

const sortKey = z
  .strictObject({
    field: z.string().min(1).meta({ description: 'A column, or in a query that groups one of its outputs.' }),
    direction: z.enum(['asc', 'desc']).default('asc'),
  })
  .meta({ id: 'SortKey', outputId: 'StoredSortKey' });
export type SortKey = z.infer<typeof sortKey>;

const pivot = z
  .strictObject({
    rows: z.array(groupKey).min(1).max(MAX_GROUP_KEYS).meta({
      description: 'What the rows are, as in `groupBy`.',
    }),
    column: groupKey.omit({ header: true }).meta({
      description: 'Each value that it has in the rows becomes a column, called by that value.',
    }),
    value: aggregate.meta({ description: 'What the cells hold.' }),
  })
  .meta({
    id: 'Pivot',
    description: 'A table of two directions, instead of `groupBy` and `aggregates`.',
    examples: [
      {
        rows: [{ field: 'marketplace' }, { field: 'currency' }],
        column: { field: 'posted_at', bucket: { unit: 'month' } },
        value: { function: 'sum', field: 'amount' },
      },
    ],
  });
export type Pivot = z.infer<typeof pivot>;

/**
 * What an export asks of its dataset. A query with `groupBy` or `aggregates` gives a row a group, one with `pivot` a
 * table of two directions; `columns`, `having` and `sort` then speak of the outputs by their names: the fields of the
 * groups (`region`, in buckets `posted_at_month`), the aggregates (`count`, `sum_total`, `p95_total`,
 * `count_distinct_sku`), and the values that a pivot makes columns of; a name that comes again has `_2` behind it.
 */
export const querySchema = z.strictObject({
  dataset: z.string().min(1).max(200),
  columns: z.array(column).min(1).max(MAX_COLUMNS).optional().meta({
    description: 'In the order of the file; every column of the dataset, or every output, where absent.',
  }),
  filter: filterSchema.optional(),
  expression: z.string().min(1).max(MAX_EXPRESSION_LENGTH).optional().meta({
    description:
      'A condition in CEL, such as `total > 50 && status in ["new", "updated"]`, that rows pass beside the filter.',
  }),
  status: z.array(z.enum(rowStatuses)).min(1).max(rowStatuses.length).optional().meta({
    description:
      'Of an incremental export: only rows that are new since the last delivery, or only those that are updated.',
  }),
  groupBy: z.array(groupKey).min(1).max(MAX_GROUP_KEYS).optional().meta({
    description: 'Makes one row of all that have the same values here; null is a value like any other.',
  }),
  aggregates: z.array(aggregate).min(1).max(MAX_AGGREGATES).optional().meta({
    description: 'What is computed of each group; without `groupBy` of all rows.',
  }),
  having: filterSchema.optional().meta({ description: 'Which groups to keep: a filter over the outputs.' }),
  pivot: pivot.optional(),
  sort: z.array(sortKey).max(MAX_SORT_KEYS).default([]),
  limit: z.int().min(1).optional(),
});
export type Query = z.infer<typeof querySchema>;

/** Whether the query's rows are made of several of the dataset's. */
export function isGrouped({ groupBy, aggregates, pivot }: Partial<Query>): boolean {
  return groupBy !== undefined || aggregates !== undefined || pivot !== undefined;
}

/** What does not go together in a query, by the field to blame. */
export function queryProblems(query: Omit<Query, 'dataset'>): Problem[] {
  const { groupBy, aggregates, pivot, having } = query;
  const problems: Problem[] = [];
  if (pivot && (groupBy ?? aggregates)) {
    problems.push([['pivot'], 'says itself what to group by: leave out "groupBy" and "aggregates"']);
  }
  if (having && !isGrouped(query)) {
    problems.push([['having'], 'keeps groups, and nothing is grouped: use "filter"']);
  }
  return [...problems, ...repeatedHeaders(query)];
}

type Problem = readonly [path: (string | number)[], problem: string];

function repeatedHeaders(query: Omit<Query, 'dataset'>): Problem[] {
  const headers = headersOf(query);
  return headers.flatMap(([path, header], index): Problem[] => {
    const isFirst = headers.findIndex(([, other]) => other === header) === index;
    return isFirst ? [] : [[path, `another column is already called "${header}"`]];
  });
}

function headersOf({ columns, groupBy = [], aggregates = [] }: Omit<Query, 'dataset'>): Problem[] {
  if (columns) return columns.map(({ source, header }, at) => [['columns', at, 'header'], header ?? source]);
  const names = outputNames(groupBy, aggregates);
  return [
    ...groupBy.map(({ header }, at): Problem => [['groupBy', at, 'header'], header ?? names[at] ?? '']),
    ...aggregates.map(
      ({ header }, at): Problem => [['aggregates', at, 'header'], header ?? names[groupBy.length + at] ?? ''],
    ),
  ];
}
