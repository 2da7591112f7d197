import { z } from 'zod';
import type { ValueKind } from './compile-field.ts';
import { fieldMappingSchema, type MappingTarget, mappingProblems } from './mapping.ts';

const MOST_LISTS = 10;
/** Above what a table has. */
const MOST_COLUMNS = 10_000;

const listMapping = z
  .strictObject({
    dataset: z.string(),
    each: z
      .string()
      .min(1)
      .max(1_000)
      .meta({
        description: 'The list: a column of the source, or a path into one.',
        examples: ['lines', 'order.items'],
      }),
    fields: fieldMappingSchema.meta({
      description:
        'As those of the stream, over an item: its own members by their names, the row around it as `parent.order_number`, the item itself as `item`, and its place in the list, counted from 1, as `index`.',
    }),
  })
  .meta({ id: 'ListMapping' });

/** What of a stream goes where: its rows into a dataset and, where wished, the items of lists in them into others. */
export const streamMappingSchema = z
  .strictObject({
    dataset: z.string(),
    fields: fieldMappingSchema,
    also: z.array(listMapping).max(MOST_LISTS).optional().meta({
      description: 'Lists within a row whose items are rows of another dataset.',
    }),
    keepExtra: z.boolean().optional().meta({
      description: 'Whether what fills no column is kept, as JSON, in the column `extra` of each row.',
    }),
    columns: z.array(z.string().max(1_000)).max(MOST_COLUMNS).optional().meta({
      description: 'The source’s columns when the mapping was made; what comes later is offered as new.',
    }),
  })
  .meta({ id: 'StreamMapping' });

export type StreamMapping = z.infer<typeof streamMappingSchema>;

/** A stream's mapping as far as it makes rows; which dataset each part is for is said beside it. */
export type StreamFields = Pick<StreamMapping, 'fields' | 'keepExtra'> & {
  readonly also?: readonly Pick<NonNullable<StreamMapping['also']>[number], 'each' | 'fields'>[] | undefined;
};

/** The datasets that a stream fills: its own, then those of its lists. */
export function datasetsOf({ dataset, also = [] }: Pick<StreamMapping, 'dataset' | 'also'>): string[] {
  return [dataset, ...also.map((list) => list.dataset)];
}

/**
 * What keeps a stream's mapping from being saved, by its place: `fields.sku`, `also.0.fields.sku`. `targets` are
 * the datasets in the order of `datasetsOf`.
 */
export function streamProblems(
  { fields, also = [] }: StreamFields,
  targets: readonly MappingTarget[],
  { rawText }: ValueKind,
): Readonly<Record<string, string>> {
  const [own, ...others] = targets;
  const problems = own ? placed('fields', mappingProblems(fields, own)) : [];
  const ofLists = also.flatMap((list, place) => {
    const target = others[place];
    return target ? placed(`also.${place}.fields`, mappingProblems(list.fields, target, 'item')) : [];
  });
  const noLists =
    rawText && also.length > 0 ? [['also', 'the source is a table of texts: it holds no lists']] : [];
  return Object.fromEntries([...problems, ...ofLists, ...noLists]);
}

function placed(path: string, problems: readonly [string, string][]): [string, string][] {
  return problems.map(([name, reason]) => [`${path}.${name}`, reason]);
}
