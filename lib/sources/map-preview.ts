import { z } from 'zod';
import type { StreamDefinition } from '#connectors/contract.ts';
import { loadConnector } from '#connectors/registry.ts';
import type { Session } from '#lib/auth/session.ts';
import { EntrepotError } from '#lib/core/errors.ts';
import { parseExactJson } from '#lib/core/exact-json.ts';
import {
  checkMapping,
  compileMapping,
  type FieldMapping,
  fieldMappingSchema,
  type MappingTarget,
} from '#lib/datasets/mapping.ts';
import { findDataset } from '#lib/datasets/registry.ts';
import { datasetSchema } from '#lib/datasets/schema.ts';
import { suggestColumns } from '#lib/datasets/suggest.ts';
import { suggestFields } from '#lib/datasets/suggest-fields.ts';
import { columnView } from '#lib/datasets/view.ts';
import { asMember } from '#lib/db/as-member.ts';

const MOST_ROWS = 50;
const LONGEST_ROWS = 1_000_000;

/** Rows of a stream to be mapped for a look, onto a dataset that is there or one that is yet to be made. */
export const mapPreviewInput = z
  .strictObject({
    stream: z.string(),
    dataset: z.union([z.string(), z.strictObject(datasetSchema.shape).pick({ columns: true, key: true })]),
    fields: fieldMappingSchema.optional().meta({
      description: 'Suggested by the names, types and values of the rows where absent.',
    }),
    rows: z.string().max(LONGEST_ROWS).transform(parseRows).meta({
      description: 'A JSON array of objects, as its text: so that numbers keep all of their digits.',
    }),
  })
  .meta({
    examples: [
      { stream: 'rows', dataset: 'zipcodes', rows: '[{ "zip_code": "99501", "city": "Anchorage" }]' },
    ],
  });
export type MapPreviewInput = z.output<typeof mapPreviewInput>;

const place = z.int().meta({ description: 'Counted from 1.' });

/** What a sync would make of the rows; each is among the one or the other, counted from 1. */
export const mapPreview = z.object({
  fields: fieldMappingSchema,
  columns: z.array(columnView).readonly().meta({ description: 'The mapped ones, in the dataset’s order.' }),
  rows: z
    .array(
      z.object({
        row: place,
        externalId: z.string(),
        values: z.array(z.string().nullable()).readonly(),
      }),
    )
    .readonly(),
  rejects: z
    .array(z.object({ row: place, field: z.string(), reason: z.string(), value: z.unknown() }))
    .readonly(),
});
export type MapPreview = Readonly<z.infer<typeof mapPreview>>;

/**
 * Maps rows as a sync of that stream does, and stores nothing. Throws `not_found` for a connector, stream or
 * dataset that there is not, and `invalid` naming each field that does not fit.
 */
export async function previewMapping(
  session: Session,
  connector: string,
  { stream: name, dataset, fields: given, rows }: MapPreviewInput,
): Promise<MapPreview> {
  const stream = await streamOf(connector, name);
  const target: MappingTarget =
    typeof dataset === 'string' ? await asMember(session, (tx) => findDataset(tx, dataset)) : dataset;
  const fields = given ?? suggestedFor(rows, target);
  if (given) checkMapping(fields, target, 'fields');
  if (!target.key.every((column) => Object.hasOwn(fields, column))) {
    return { fields, columns: [], rows: [], rejects: [] };
  }
  return { fields, ...mapped(rows, fields, target, stream) };
}

function mapped(
  rows: MapPreviewInput['rows'],
  fields: FieldMapping,
  target: MappingTarget,
  stream: StreamDefinition,
): Omit<MapPreview, 'fields'> {
  const { columns, map } = compileMapping(fields, target, stream);
  const results = rows.map((values, index) => ({ row: index + 1, result: map({ values }) }));
  return {
    columns,
    rows: results.flatMap(({ row, result }) =>
      result.ok ? { row, externalId: result.externalId, values: result.values } : [],
    ),
    rejects: results.flatMap(({ row, result }) =>
      result.ok ? [] : { row, field: result.field, reason: result.reason, value: result.value },
    ),
  };
}

function suggestedFor(rows: MapPreviewInput['rows'], { columns }: MappingTarget): FieldMapping {
  const sampled = suggestColumns(rows.map((values) => ({ values }))).map((column) => ({
    ...column,
    values: rows.map((row) => row[column.name]),
  }));
  return suggestFields(sampled, columns);
}

async function streamOf(connector: string, name: string): Promise<StreamDefinition> {
  const { definition } = await loadConnector(connector);
  const stream = definition.streams.find((one) => one.name === name);
  if (!stream) throw new EntrepotError('not_found', `${definition.name} has no stream "${name}".`);
  return stream;
}

const row = z.record(z.string(), z.unknown());

function parseRows(text: string, context: z.RefinementCtx): z.output<typeof row>[] {
  try {
    return z.array(row).max(MOST_ROWS).parse(parseExactJson(text));
  } catch {
    context.addIssue(`must be a JSON array of at most ${MOST_ROWS} objects, as text`);
    return z.NEVER;
  }
}
